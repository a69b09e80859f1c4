import { Button, CopyButton, Group, Modal, ScrollArea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { download } from "../../../../lib/jmap";
import { SkeletonRows } from "../../../../ui";
import { explain } from "../../state/explain";
import { mailKeys } from "../../state/keys";
import { saveBlob } from "../../state/saveBlob";
import classes from "./MessageCard.module.css";

interface SourceDialogProps {
  accountId: string;
  blobId: string;
  fileName: string;
  onClose(): void;
}

/** The browser would stall on drawing more than this; the whole can be saved. */
const shown = 400_000;

/** A message as it came over the wire. */
export function SourceDialog({ accountId, blobId, fileName, onClose }: SourceDialogProps) {
  const { t } = useTranslation("mail");
  const { data, error } = useQuery({
    queryKey: [...mailKeys.blob(accountId, blobId), "text"],
    queryFn: async () => (await download(accountId, blobId, "message/rfc822", fileName)).text(),
    gcTime: 60_000,
  });
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={t("source.title")}
      scrollAreaComponent={ScrollArea.Autosize}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Group mb="sm">
        <Button
          size="compact-md"
          variant="light"
          onClick={() => void saveBlob(accountId, blobId, "message/rfc822", fileName)}
        >
          {t("action.downloadMessage")}
        </Button>
        {data !== undefined && (
          <CopyButton value={data}>
            {({ copied, copy }) => (
              <Button size="compact-md" variant="subtle" onClick={copy}>
                {t(copied ? "source.copied" : "source.copy")}
              </Button>
            )}
          </CopyButton>
        )}
      </Group>
      {error ? (
        <p>{explain(error)}</p>
      ) : data === undefined ? (
        <SkeletonRows />
      ) : (
        <pre className={classes.source}>
          {data.slice(0, shown)}
          {data.length > shown && `\n\n${t("source.cut")}`}
        </pre>
      )}
    </Modal>
  );
}
