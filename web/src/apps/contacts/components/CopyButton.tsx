import { ActionIcon, Tooltip } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import classes from "./Detail.module.css";

/** Copies a value; says that it did. */
export function CopyButton({ text }: { text: string }) {
  const { t } = useTranslation("contacts");
  const { copy, copied } = useClipboard({ timeout: 1500 });
  return (
    <Tooltip label={t(copied ? "detail.copied" : "detail.copy")}>
      <ActionIcon
        className={classes.copy}
        aria-label={t(copied ? "detail.copiedValue" : "detail.copyValue", { value: text })}
        onClick={() => copy(text)}
      >
        {copied ? <IconCheck className={classes.icon} /> : <IconCopy className={classes.icon} />}
      </ActionIcon>
    </Tooltip>
  );
}
