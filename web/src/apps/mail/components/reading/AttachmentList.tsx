import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { EmailBodyPart } from "../../../../lib/jmap/types";
import { formatBytes } from "../../../../ui";
import { saveBlob } from "../../state/saveBlob";
import { AttachmentCard, attachmentName } from "./AttachmentCard";
import { AttachmentPreview } from "./AttachmentPreview";
import classes from "./Attachments.module.css";

interface AttachmentListProps {
  accountId: string;
  attachments: EmailBodyPart[];
}

/** The files of a message, to look at and to save. */
export function AttachmentList({ accountId, attachments }: AttachmentListProps) {
  const { t } = useTranslation("mail");
  const [shown, setShown] = useState<number | null>(null);
  const size = attachments.reduce((sum, part) => sum + part.size, 0);
  const saveAll = async () => {
    for (const part of attachments) await saveBlob(accountId, part.blobId ?? "", part.type, attachmentName(part, t));
  };
  return (
    <section className={classes.attachments} aria-label={t("attachments.label")}>
      <div className={classes.heading}>
        <h2 className={classes.title}>
          {t("attachments.count", { count: attachments.length })}{" "}
          <span className={classes.size}>{formatBytes(size)}</span>
        </h2>
        {attachments.length > 1 && (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconDownload className={classes.smallIcon} />}
            onClick={() => void saveAll()}
          >
            {t("attachments.saveAll")}
          </Button>
        )}
      </div>
      <ul className={classes.cards}>
        {attachments.map((part, at) => (
          <li key={`${part.partId}-${part.blobId}`}>
            <AttachmentCard accountId={accountId} part={part} onShow={() => setShown(at)} />
          </li>
        ))}
      </ul>
      {shown !== null && (
        <AttachmentPreview
          accountId={accountId}
          attachments={attachments}
          at={shown}
          onMove={setShown}
          onClose={() => setShown(null)}
        />
      )}
    </section>
  );
}
