import { ActionIcon, Progress } from "@mantine/core";
import { IconPaperclip, IconRefresh, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { formatBytes } from "../../../../ui";
import { canRetry, detach, retryUpload } from "../../state/compose/uploads";
import type { Composition } from "../../state/composition";
import classes from "./ComposeWindow.module.css";

/** The files that go with a message, on their way or there. */
export function ComposeAttachments({ composition }: { composition: Composition }) {
  const { t } = useTranslation("mail");
  const files = composition.attachments.filter((attachment) => attachment.cid === null);
  if (files.length === 0) return null;
  return (
    <ul className={classes.files} aria-label={t("attachments.label")}>
      {files.map((file) => (
        <li key={file.key} className={classes.file} data-failed={file.failed || undefined}>
          <IconPaperclip className={classes.icon} aria-hidden />
          <span className={classes.fileName} title={file.name}>
            {file.name}
          </span>
          <span className={classes.fileSize}>{file.failed ? t("compose.fileFailed") : formatBytes(file.size)}</span>
          {file.failed && canRetry(file.key) && (
            <ActionIcon
              size="sm"
              aria-label={t("compose.retryFile", { name: file.name })}
              onClick={() => retryUpload(composition.key, file.key)}
            >
              <IconRefresh className={classes.icon} />
            </ActionIcon>
          )}
          <ActionIcon
            size="sm"
            aria-label={t("compose.removeFile", { name: file.name })}
            onClick={() => detach(composition.key, file.key)}
          >
            <IconX className={classes.icon} />
          </ActionIcon>
          {file.blobId === null && !file.failed && (
            <Progress
              className={classes.progress}
              size="xs"
              value={file.progress * 100}
              aria-label={t("compose.fileProgress", { name: file.name })}
            />
          )}
        </li>
      ))}
    </ul>
  );
}
