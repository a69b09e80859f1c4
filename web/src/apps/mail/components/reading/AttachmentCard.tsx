import { ActionIcon, Tooltip } from "@mantine/core";
import { useInViewport } from "@mantine/hooks";
import {
  type Icon,
  IconAddressBook,
  IconCalendarEvent,
  IconDownload,
  IconFile,
  IconFileSpreadsheet,
  IconFileText,
  IconFileTypePdf,
  IconFileZip,
  IconMail,
  IconMusic,
  IconPhoto,
  IconPresentation,
  IconVideo,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { download } from "../../../../lib/jmap";
import type { EmailBodyPart } from "../../../../lib/jmap/types";
import { formatBytes } from "../../../../ui";
import { type AttachmentKind, attachmentKind, canPreview, previewType } from "../../state/attachmentKind";
import { mailKeys } from "../../state/keys";
import { saveBlob } from "../../state/saveBlob";
import classes from "./Attachments.module.css";

const icons: Record<AttachmentKind, Icon> = {
  image: IconPhoto,
  pdf: IconFileTypePdf,
  message: IconMail,
  text: IconFileText,
  sheet: IconFileSpreadsheet,
  document: IconFileText,
  slides: IconPresentation,
  archive: IconFileZip,
  audio: IconMusic,
  video: IconVideo,
  calendar: IconCalendarEvent,
  contact: IconAddressBook,
  file: IconFile,
};

/** Larger images are not fetched only to be shown small. */
const largestThumbnail = 4_000_000;

export function attachmentName(part: EmailBodyPart, t: TFunction<"mail">): string {
  if (part.name) return part.name;
  return part.type === "message/rfc822" ? `${t("attachments.message")}.eml` : t("attachments.unnamed");
}

interface AttachmentCardProps {
  accountId: string;
  part: EmailBodyPart;
  onShow(): void;
}

/** A file: its picture, name and size; a click looks at it, or saves what cannot be looked at. */
export function AttachmentCard({ accountId, part, onShow }: AttachmentCardProps) {
  const { t } = useTranslation("mail");
  const kind = attachmentKind(part);
  const KindIcon = icons[kind];
  const { ref, inViewport } = useInViewport<HTMLDivElement>();
  const thumbnail = useBlobUrl(accountId, part, kind === "image" && part.size <= largestThumbnail && inViewport);
  const name = attachmentName(part, t);
  const save = () => void saveBlob(accountId, part.blobId ?? "", part.type, name);

  return (
    <div ref={ref} className={classes.card}>
      <button
        type="button"
        className={classes.face}
        onClick={canPreview(part) ? onShow : save}
        aria-label={t(canPreview(part) ? "attachments.show" : "attachments.save", { name })}
      >
        <span className={classes.picture} data-kind={kind}>
          {thumbnail ? (
            <img src={thumbnail} alt="" className={classes.thumbnail} />
          ) : (
            <KindIcon className={classes.kind} aria-hidden />
          )}
        </span>
        <span className={classes.text}>
          <span className={classes.name} title={name} dir="auto">
            {name}
          </span>
          <span className={classes.size}>{formatBytes(part.size)}</span>
        </span>
      </button>
      <Tooltip label={t("attachments.save", { name })}>
        <ActionIcon className={classes.save} aria-label={t("attachments.save", { name })} onClick={save}>
          <IconDownload className={classes.smallIcon} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

/** A blob fetched with the person's token, as an address an image can be shown by. */
export function useBlobUrl(accountId: string, part: EmailBodyPart, enabled: boolean): string | null {
  const { data } = useQuery({
    queryKey: mailKeys.blob(accountId, part.blobId ?? ""),
    queryFn: () => download(accountId, part.blobId ?? "", part.type, part.name ?? "file"),
    enabled,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 5 * 60_000,
    structuralSharing: false,
  });
  const [url, setUrl] = useState<string | null>(null);
  const type = previewType(part);
  useEffect(() => {
    if (!data) return;
    const made = URL.createObjectURL(new Blob([data], { type }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [data, type]);
  return url;
}
