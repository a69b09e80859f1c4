import { ActionIcon, Modal, Tooltip } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconChevronLeft, IconChevronRight, IconDownload, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { download } from "../../../../lib/jmap";
import type { EmailBodyPart } from "../../../../lib/jmap/types";
import { persistently } from "../../../../lib/persistently";
import { SkeletonRows } from "../../../../ui";
import { attachmentKind, canPreview } from "../../state/attachmentKind";
import { explain } from "../../state/explain";
import { mailKeys } from "../../state/keys";
import { saveBlob } from "../../state/saveBlob";
import { attachmentName, useBlobUrl } from "./AttachmentCard";
import classes from "./Attachments.module.css";

const PdfPages = lazy(() => persistently(() => import("./PdfPages")));
const AttachedMessage = lazy(() => persistently(() => import("./AttachedMessage")));

interface AttachmentPreviewProps {
  accountId: string;
  attachments: EmailBodyPart[];
  at: number;
  onMove(at: number): void;
  onClose(): void;
}

/** Looks at one attachment after another, filling the screen. */
export function AttachmentPreview({ accountId, attachments, at, onMove, onClose }: AttachmentPreviewProps) {
  const { t } = useTranslation("mail");
  const shown = attachments.flatMap((part, index) => (canPreview(part) ? [index] : []));
  const position = shown.indexOf(at);
  const previous = shown[position - 1];
  const next = shown[position + 1];
  useHotkeys([
    ["ArrowLeft", () => previous !== undefined && onMove(previous)],
    ["ArrowRight", () => next !== undefined && onMove(next)],
  ]);
  const part = attachments[at];
  if (!part) return null;
  const name = attachmentName(part, t);
  return (
    <Modal.Root opened onClose={onClose} fullScreen padding={0}>
      <Modal.Content aria-label={name}>
        <Modal.Body className={classes.whole ?? ""}>
          <div className={classes.preview}>
            <div className={classes.previewBar}>
              <h2 className={classes.previewName} dir="auto">
                {name}
              </h2>
              {shown.length > 1 && (
                <>
                  <ActionIcon
                    size="lg"
                    disabled={previous === undefined}
                    aria-label={t("attachments.previous")}
                    onClick={() => previous !== undefined && onMove(previous)}
                  >
                    <IconChevronLeft className={classes.smallIcon} />
                  </ActionIcon>
                  <ActionIcon
                    size="lg"
                    disabled={next === undefined}
                    aria-label={t("attachments.next")}
                    onClick={() => next !== undefined && onMove(next)}
                  >
                    <IconChevronRight className={classes.smallIcon} />
                  </ActionIcon>
                </>
              )}
              <Tooltip label={t("attachments.save", { name })}>
                <ActionIcon
                  size="lg"
                  aria-label={t("attachments.save", { name })}
                  onClick={() => void saveBlob(accountId, part.blobId ?? "", part.type, name)}
                >
                  <IconDownload className={classes.smallIcon} />
                </ActionIcon>
              </Tooltip>
              <ActionIcon size="lg" data-autofocus aria-label={t("close")} onClick={onClose}>
                <IconX className={classes.smallIcon} />
              </ActionIcon>
            </div>
            <div className={classes.previewBody}>
              <Suspense fallback={<SkeletonRows />}>
                <Shown key={part.blobId} accountId={accountId} part={part} />
              </Suspense>
            </div>
          </div>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function Shown({ accountId, part }: { accountId: string; part: EmailBodyPart }) {
  switch (attachmentKind(part)) {
    case "image":
      return <Picture accountId={accountId} part={part} />;
    case "pdf":
      return <PdfPages accountId={accountId} blobId={part.blobId ?? ""} name={part.name ?? "file.pdf"} />;
    case "message":
      return <AttachedMessage accountId={accountId} blobId={part.blobId ?? ""} />;
    default:
      return <PlainFile accountId={accountId} part={part} />;
  }
}

function Picture({ accountId, part }: { accountId: string; part: EmailBodyPart }) {
  const { t } = useTranslation("mail");
  const url = useBlobUrl(accountId, part, true);
  return (
    <div className={classes.centred}>
      {url ? <img className={classes.image} src={url} alt={attachmentName(part, t)} /> : <SkeletonRows rows={1} />}
    </div>
  );
}

/** The browser would stall on drawing more than this. */
const mostText = 400_000;

function PlainFile({ accountId, part }: { accountId: string; part: EmailBodyPart }) {
  const { data, error } = useQuery({
    queryKey: [...mailKeys.blob(accountId, part.blobId ?? ""), "text"],
    queryFn: async () => (await download(accountId, part.blobId ?? "", part.type, part.name ?? "file")).text(),
    gcTime: 60_000,
  });
  if (error) return <p className={classes.sheet}>{explain(error)}</p>;
  if (data === undefined) return <SkeletonRows />;
  return (
    <div className={classes.sheet}>
      <pre className={classes.plain} dir="auto">
        {data.slice(0, mostText)}
      </pre>
    </div>
  );
}
