import { Button, Pill, Radio, SegmentedControl, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useNotifications } from "../../../../shell";
import { type Preferences, setPreferences, undoChoices, usePreferences } from "../../state/preferences";
import classes from "./Settings.module.css";

/** How mail is read and sent on this device. */
export function ReadingSettings() {
  const { t } = useTranslation("mail");
  const preferences = usePreferences();
  const { permission, requestPermission } = useNotifications();
  return (
    <>
      <section className={classes.section}>
        <h2 className={classes.heading}>{t("images.title")}</h2>
        <p className={classes.hint}>{t("images.hint")}</p>
        <Radio.Group
          aria-label={t("images.title")}
          value={preferences.remoteImages}
          onChange={(value) => setPreferences({ remoteImages: value as Preferences["remoteImages"] })}
        >
          <Stack gap="xs">
            <Radio value="ask" label={t("images.ask")} />
            <Radio value="always" label={t("images.alwaysAll")} />
            <Radio value="never" label={t("images.never")} />
          </Stack>
        </Radio.Group>
        {preferences.imageSenders.length > 0 && (
          <>
            <p className={classes.hint}>{t("images.senders")}</p>
            <ul className={classes.senders}>
              {preferences.imageSenders.map((sender) => (
                <li key={sender}>
                  <Pill
                    withRemoveButton
                    onRemove={() =>
                      setPreferences({ imageSenders: preferences.imageSenders.filter((other) => other !== sender) })
                    }
                    removeButtonProps={{
                      "aria-label": t("images.forget", { sender }),
                      tabIndex: 0,
                      "aria-hidden": false,
                    }}
                  >
                    {sender}
                  </Pill>
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
      <section className={classes.section}>
        <h2 className={classes.heading}>{t("sending.title")}</h2>
        <p className={classes.hint}>{t("sending.hint")}</p>
        <SegmentedControl
          aria-label={t("sending.title")}
          value={String(preferences.undoSeconds)}
          onChange={(value) => setPreferences({ undoSeconds: Number(value) })}
          data={undoChoices.map((seconds) => ({
            value: String(seconds),
            label: seconds === 0 ? t("sending.off") : t("sending.seconds", { count: seconds }),
          }))}
        />
      </section>
      <section className={classes.section}>
        <h2 className={classes.heading}>{t("afterMove.title")}</h2>
        <Radio.Group
          aria-label={t("afterMove.title")}
          value={preferences.afterMove}
          onChange={(value) => setPreferences({ afterMove: value as Preferences["afterMove"] })}
        >
          <Stack gap="xs" mt="xs">
            <Radio value="next" label={t("afterMove.next")} />
            <Radio value="list" label={t("afterMove.list")} />
          </Stack>
        </Radio.Group>
      </section>
      <section className={classes.section}>
        <h2 className={classes.heading}>{t("notifications.title")}</h2>
        <p className={classes.hint}>
          {t(
            permission === "granted"
              ? "notifications.granted"
              : permission === "denied"
                ? "notifications.denied"
                : "notifications.hint",
          )}
        </p>
        {permission === "default" && (
          <Button onClick={() => void requestPermission()}>{t("notifications.allow")}</Button>
        )}
      </section>
    </>
  );
}
