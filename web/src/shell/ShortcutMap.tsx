import { Modal, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { KeyCaps } from "./KeyCaps";
import { preferences } from "./preferences";
import classes from "./ShortcutMap.module.css";
import { type Shortcut, shortcutScopes } from "./shortcuts";

/** Every key that does something where the person is now. */
export default function ShortcutMap({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("shell");
  const scopes = shortcutScopes.use();
  const { singleKeys } = preferences.use();
  const headings = [...new Set(scopes.map((scope) => scope.labelId))];
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t("shortcuts.title")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {!singleKeys && (
        <Text c="dimmed" mb="md">
          {t("shortcuts.off")}
        </Text>
      )}
      <div className={classes.scopes}>
        {headings.map((heading) => (
          <section key={heading}>
            <Title order={3} size="h5" mb="xs">
              {t(heading)}
            </Title>
            <dl className={classes.list}>
              {byLabel(scopes.filter((scope) => scope.labelId === heading).flatMap((scope) => scope.shortcuts)).map(
                ([label, keys]) => (
                  <div key={label} className={classes.row}>
                    <dt>{t(label)}</dt>
                    <dd className={classes.keys}>
                      {keys.map((each, at) => (
                        <span key={each}>
                          {at > 0 && <span className={classes.or}> {t("shortcuts.or")} </span>}
                          <KeyCaps keys={each} />
                        </span>
                      ))}
                    </dd>
                  </div>
                ),
              )}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}

/** Two keys that do the same are one line. */
function byLabel(shortcuts: readonly Shortcut[]): [label: string, keys: string[]][] {
  const lines = new Map<string, string[]>();
  for (const { labelId, keys } of shortcuts) {
    const known = lines.get(labelId) ?? [];
    lines.set(labelId, known.includes(keys) ? known : [...known, keys]);
  }
  return [...lines];
}
