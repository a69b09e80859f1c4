import { Text, Title } from "@mantine/core";
import { IconClock, IconMapPin } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Avatar } from "../../../ui";
import type { Offer } from "../api/ask";
import classes from "./Book.module.css";

/** What is booked, and with whom, beside what one does. */
export function Frame({ offer, children }: { offer: Offer; children: ReactNode }) {
  const { t } = useTranslation("book");
  const hours = offer.duration % 60 === 0;
  return (
    <Page>
      <div className={classes.card}>
        <header className={classes.about}>
          <Avatar name={offer.host} size={48} />
          <Text c="dimmed">{t("with", { name: offer.host })}</Text>
          <Title order={1} size="h3" className={classes.title}>
            {offer.title}
          </Title>
          <p className={classes.fact}>
            <IconClock className={classes.icon} aria-hidden />
            {t(hours ? "hours" : "minutes", { count: hours ? offer.duration / 60 : offer.duration })}
          </p>
          {offer.location && (
            <p className={classes.fact}>
              <IconMapPin className={classes.icon} aria-hidden />
              {offer.location}
            </p>
          )}
          {offer.description && <p className={classes.description}>{offer.description}</p>}
        </header>
        <div className={classes.work}>{children}</div>
      </div>
    </Page>
  );
}

/** The page around it. */
export function Page({ children }: { children: ReactNode }) {
  const { t } = useTranslation("book");
  return (
    <div className={classes.page}>
      <main className={classes.main}>{children}</main>
      <footer className={classes.footer}>
        <img src="/icons/bastide.svg" alt="" width={16} height={16} />
        {t("footer")}
      </footer>
    </div>
  );
}

/** Its place while it is fetched. */
export function FrameSkeleton() {
  const { t } = useTranslation("book");
  return (
    <Page>
      <div className={classes.card} role="status" aria-label={t("loading")}>
        <div className={classes.about} aria-hidden>
          <span className={classes.ghostRound} />
          <span className={classes.ghost} />
          <span className={classes.ghostWide} />
          <span className={classes.ghost} />
        </div>
        <div className={classes.work} aria-hidden>
          <span className={classes.ghostTall} />
        </div>
      </div>
    </Page>
  );
}
