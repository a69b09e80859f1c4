import { Anchor, Button, Switch, Text, Title } from "@mantine/core";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "../lib/oidc";
import { LanguageChoice, SchemeChoice } from "./AccountMenu";
import { openShortcutMap } from "./dialogs";
import { install, installOffer } from "./install";
import { useNotifications } from "./notifications";
import { prefer, preferences } from "./preferences";
import classes from "./Settings.module.css";
import { usePageTitle } from "./usePageTitle";

/** What a person chooses for this browser; who they are and how they sign in is the server's account page. */
export default function Settings() {
  const { t } = useTranslation("shell");
  const { address, signOut } = useSession();
  const { singleKeys } = preferences.use();
  const offer = installOffer.use();
  usePageTitle(t("settings.title"));
  return (
    <div className={classes.page}>
      <div className={classes.column}>
        <Title order={1} size="h2">
          {t("settings.title")}
        </Title>
        <Section title={t("settings.appearance")} text={t("settings.appearanceText")}>
          <SchemeChoice />
        </Section>
        <Section title={t("language.label")} text={t("settings.languageText")}>
          <LanguageChoice />
        </Section>
        <Section title={t("news.title")} text={t("settings.newsText")}>
          <DesktopNews />
        </Section>
        <Section title={t("shortcuts.title")} text={t("settings.keysText")}>
          <Switch
            label={t("settings.singleKeys")}
            checked={singleKeys}
            onChange={(event) => prefer({ singleKeys: event.currentTarget.checked })}
          />
          <Button variant="default" onClick={openShortcutMap}>
            {t("shortcuts.open")}
          </Button>
        </Section>
        {offer && (
          <Section title={t("settings.install")} text={t("settings.installText")}>
            <Button variant="default" onClick={() => void install()}>
              {t("settings.installNow")}
            </Button>
          </Section>
        )}
        <Section title={t("settings.account")} text={t("settings.accountText", { address })}>
          <Anchor href="/account">{t("account.page")}</Anchor>
          <Button variant="default" onClick={() => void signOut()}>
            {t("account.signOut")}
          </Button>
        </Section>
      </div>
    </div>
  );
}

function Section({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id}>
      <div className={classes.words}>
        <Title order={2} size="h4" id={id}>
          {title}
        </Title>
        <Text c="dimmed">{text}</Text>
      </div>
      <div className={classes.controls}>{children}</div>
    </section>
  );
}

function DesktopNews() {
  const { t } = useTranslation("shell");
  const { permission, requestPermission } = useNotifications();
  const { desktopNotifications } = preferences.use();
  if (permission === "unsupported") return <Text>{t("settings.newsUnsupported")}</Text>;
  if (permission === "denied") return <Text>{t("settings.newsDenied")}</Text>;
  if (permission === "default") {
    return (
      <Button variant="default" onClick={() => void requestPermission()}>
        {t("settings.newsAllow")}
      </Button>
    );
  }
  return (
    <Switch
      label={t("settings.newsDesktop")}
      checked={desktopNotifications}
      onChange={(event) => prefer({ desktopNotifications: event.currentTarget.checked })}
    />
  );
}
