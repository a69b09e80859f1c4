import { Indicator } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { Link, useRouterState } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type App, apps } from "../apps";
import { useCapability } from "../lib/jmap";
import { useIsPhone } from "../ui";
import { AccountMenu } from "./AccountMenu";
import { badges } from "./badges";
import { openPalette } from "./dialogs";
import { NotificationCentre } from "./NotificationCentre";
import classes from "./Rail.module.css";
import { keyCaps } from "./shortcuts";

/** The way between the apps: at the side of a wide page, at the foot of a narrow one, within reach of a thumb. */
export function Rail() {
  const { t } = useTranslation("shell");
  const isPhone = useIsPhone();
  const keys = keyCaps("mod+k").flat().join("+");
  return (
    <nav className={classes.rail} aria-label={t("rail.label")}>
      {!isPhone && <img className={classes.logo} src="/icons/bastide.svg" alt="Bastide" width={30} height={30} />}
      {apps.map((app) => (
        <AppLink key={app.id} app={app} />
      ))}
      <button
        type="button"
        className={classes.entry}
        onClick={() => openPalette()}
        aria-label={t("palette.open")}
        data-hint={`${t("palette.open")} (${keys})`}
      >
        <IconSearch size={22} stroke={1.6} />
        <span className={classes.name} aria-hidden="true">
          {t("rail.search")}
        </span>
      </button>
      <div className={classes.space} />
      <NotificationCentre />
      <AccountMenu />
    </nav>
  );
}

function AppLink({ app }: { app: App }) {
  const { t } = useTranslation("shell");
  const waiting = badges.use()[app.id] ?? 0;
  const isCurrent = useRouterState({ select: (state) => isWithin(state.location.pathname, app.path) });
  const label = waiting > 0 ? t("rail.waiting", { app: t(app.labelId), count: waiting }) : t(app.labelId);
  const isOffered = useCapability(app.capability);
  const Icon = app.icon;
  if (!isOffered) return null;
  return (
    <Link
      to={`${app.path}/$` as "/mail/$"}
      params={{ _splat: "" }}
      className={classes.entry}
      aria-label={label}
      data-hint={label}
      aria-current={isCurrent ? "page" : undefined}
    >
      <Indicator className={classes.dot} disabled={waiting === 0} color="var(--bastide-unread)" size={9} offset={2}>
        <Icon size={22} stroke={1.6} />
      </Indicator>
      <span className={classes.name} aria-hidden="true">
        {t(app.labelId)}
      </span>
    </Link>
  );
}

function isWithin(path: string, app: string): boolean {
  return path === app || path.startsWith(`${app}/`);
}
