import { useComputedColorScheme } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { download } from "../../../../lib/jmap";
import type { Message } from "../../api/messageGet";
import { frameDocument } from "../../state/frameDocument";
import { mailKeys } from "../../state/keys";
import { useMailCommands } from "../../state/MailCommands";
import classes from "./MessageCard.module.css";

interface HtmlBodyProps {
  accountId: string;
  message: Message;
  remoteImages: boolean;
}

const startHeight = 120;

/**
 * The HTML of a message in a frame without scripts. The frame keeps the page's origin so that its height can be measured
 * and its links be followed from outside; with scripts off nothing in it can make use of that.
 */
export function HtmlBody({ accountId, message, remoteImages }: HtmlBodyProps) {
  const { t } = useTranslation("mail");
  const { compose } = useMailCommands();
  const scheme = useComputedColorScheme("light");
  const inline = useInlineImages(accountId, message);
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(startHeight);

  const { html } = useMemo(() => {
    const style = getComputedStyle(document.documentElement);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    return frameDocument(message.safeHtml ?? "", {
      remoteImages,
      inline,
      colours: {
        text: colour("--bastide-text"),
        link: colour("--bastide-accent"),
        soft: colour("--bastide-text-soft"),
        border: colour("--bastide-border-strong"),
        dark: scheme === "dark",
      },
      fontFamily: colour("--mantine-font-family").replaceAll('"', "'"),
      quoteLabel: t("reading.quoted"),
    });
  }, [message.safeHtml, remoteImages, inline, scheme, t]);

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    let observer: ResizeObserver | undefined;
    const onLoad = () => {
      const inner = element.contentDocument;
      if (!inner?.body) return;
      observer?.disconnect();
      const measure = () =>
        setHeight(
          Math.ceil(Math.max(inner.body.getBoundingClientRect().bottom, inner.body.scrollHeight)) + scrollbar(inner),
        );
      observer = new ResizeObserver(measure);
      observer.observe(inner.body);
      measure();
      inner.addEventListener("click", (event) => followMailto(event, compose));
      inner.addEventListener("keydown", passKey);
    };
    element.addEventListener("load", onLoad);
    if (element.contentDocument?.readyState === "complete") onLoad();
    return () => {
      element.removeEventListener("load", onLoad);
      observer?.disconnect();
    };
  }, [compose]);

  return (
    <iframe
      ref={frame}
      className={classes.frame}
      title={t("reading.body")}
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
      srcDoc={html}
      style={{ height }}
    />
  );
}

/** Room for the horizontal scroll bar of a message wider than the pane. */
function scrollbar(inner: Document): number {
  const root = inner.documentElement;
  return root.scrollWidth > root.clientWidth ? 16 : 0;
}

function followMailto(event: MouseEvent, compose: (mailto: string) => void): void {
  const link = (event.target as Element | null)?.closest?.("a[href]");
  const href = link?.getAttribute("href") ?? "";
  if (/^mailto:/i.test(href)) {
    event.preventDefault();
    compose(href);
  } else if (href.startsWith("#")) event.preventDefault();
}

/** Keys pressed while the frame has the focus do what they do elsewhere. */
function passKey(event: KeyboardEvent): void {
  const { key, code, ctrlKey, metaKey, altKey, shiftKey } = event;
  if ((ctrlKey || metaKey) && key.toLowerCase() !== "k") return;
  const copy = new KeyboardEvent("keydown", {
    key,
    code,
    ctrlKey,
    metaKey,
    altKey,
    shiftKey,
    bubbles: true,
    cancelable: true,
  });
  if (!document.body.dispatchEvent(copy)) event.preventDefault();
}

const noImages: ReadonlyMap<string, string> = new Map();

/** Images that came with the message as data: URLs, the only kind a frame of no origin may show. */
function useInlineImages(accountId: string, message: Message): ReadonlyMap<string, string> {
  const parts = (message.attachments ?? []).filter(
    (part) => part.cid && part.blobId && message.safeHtml?.includes(part.cid),
  );
  const { data } = useQuery({
    queryKey: [...mailKeys.blob(accountId, message.blobId), "inline"],
    queryFn: async () => {
      const entries = await Promise.all(
        parts.map(async (part) => {
          const blob = await download(accountId, part.blobId ?? "", part.type, part.name ?? "image").catch(() => null);
          return [part.cid ?? "", blob && (await dataUrl(blob, part.type))] as const;
        }),
      );
      return new Map(entries.filter((entry): entry is [string, string] => entry[1] !== null));
    },
    enabled: parts.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 5 * 60_000,
    structuralSharing: false,
  });
  return data ?? noImages;
}

function dataUrl(blob: Blob, type: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(new Blob([blob], { type: type.startsWith("image/") ? type : "application/octet-stream" }));
  });
}
