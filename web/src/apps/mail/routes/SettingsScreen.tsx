import { ActionIcon, ScrollArea } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { usePageTitle } from "../../../shell";
import { IdentitySettings } from "../components/settings/IdentitySettings";
import { ReadingSettings } from "../components/settings/ReadingSettings";
import classes from "../components/settings/Settings.module.css";
import { VacationSettings } from "../components/settings/VacationSettings";
import { useMailLocation } from "../state/location";

/** How a person wants their mail: who they write as, what answers while they are away, how they read and send. */
export default function SettingsScreen({ accountId }: { accountId: string }) {
  const { t } = useTranslation("mail");
  const [, go] = useMailLocation();
  usePageTitle(t("settings.title"));
  return (
    <ScrollArea className={classes.screen} type="auto">
      <div className={classes.column}>
        <header className={classes.header}>
          <ActionIcon
            size="lg"
            aria-label={t("settings.back")}
            onClick={() => go({ mailbox: "inbox", threadId: null, search: null })}
          >
            <IconArrowLeft className={classes.icon} />
          </ActionIcon>
          <h1 className={classes.title}>{t("settings.title")}</h1>
        </header>
        <IdentitySettings accountId={accountId} />
        <VacationSettings accountId={accountId} />
        <ReadingSettings />
      </div>
    </ScrollArea>
  );
}
