import { useInViewport } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { GlobalWorkerOptions, getDocument, type PDFDocumentProxy } from "pdfjs-dist";
import workerUrl from "pdfjs-dist/build/pdf.worker.min.mjs?url";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { download } from "../../../../lib/jmap";
import { SkeletonRows } from "../../../../ui";
import { mailKeys } from "../../state/keys";
import classes from "./Attachments.module.css";

GlobalWorkerOptions.workerSrc = workerUrl;

interface PdfPagesProps {
  accountId: string;
  blobId: string;
  name: string;
}

/** The pages of a PDF, each drawn when it comes in sight. Nothing in the file is run. */
export default function PdfPages({ accountId, blobId, name }: PdfPagesProps) {
  const { t } = useTranslation("mail");
  const { data: blob, error } = useQuery({
    queryKey: mailKeys.blob(accountId, blobId),
    queryFn: () => download(accountId, blobId, "application/pdf", name),
    structuralSharing: false,
    gcTime: 60_000,
  });
  const [file, setFile] = useState<PDFDocumentProxy | null>(null);
  const [broken, setBroken] = useState(false);

  useEffect(() => {
    if (!blob) return;
    let stopped = false;
    let close: (() => Promise<void>) | undefined;
    void blob
      .arrayBuffer()
      .then(async (data) => {
        if (stopped) return;
        const task = getDocument({ data, enableXfa: false });
        close = () => task.destroy();
        const opened = await task.promise;
        if (!stopped) setFile(opened);
      })
      .catch(() => !stopped && setBroken(true));
    return () => {
      stopped = true;
      void close?.();
    };
  }, [blob]);

  if (error || broken) return <p className={classes.sheet}>{t("attachments.broken")}</p>;
  if (!file) return <SkeletonRows rows={3} />;
  return (
    <div className={classes.pages}>
      {Array.from({ length: file.numPages }, (_, at) => (
        <PdfPage
          // biome-ignore lint/suspicious/noArrayIndexKey: pages are named by their number
          key={at}
          file={file}
          number={at + 1}
          label={t("attachments.page", { number: at + 1, total: file.numPages })}
        />
      ))}
    </div>
  );
}

const a4 = 210 / 297;

function PdfPage({ file, number, label }: { file: PDFDocumentProxy; number: number; label: string }) {
  const { ref, inViewport } = useInViewport<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [ratio, setRatio] = useState(a4);
  const drawn = useRef(false);

  useEffect(() => {
    if (!inViewport || drawn.current) return;
    drawn.current = true;
    void file.getPage(number).then((page) => {
      const element = canvas.current;
      if (!element) return;
      const plain = page.getViewport({ scale: 1 });
      setRatio(plain.width / plain.height);
      const scale = (element.parentElement?.clientWidth ?? plain.width) / plain.width;
      const viewport = page.getViewport({ scale: scale * Math.min(2, window.devicePixelRatio || 1) });
      element.width = viewport.width;
      element.height = viewport.height;
      void page.render({ canvas: element, viewport }).promise.catch(() => undefined);
    });
  }, [inViewport, file, number]);

  return (
    <div ref={ref} className={classes.page} style={{ aspectRatio: ratio }} role="img" aria-label={label}>
      <canvas ref={canvas} />
    </div>
  );
}
