import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useMailCommands } from "../../state/MailCommands";
import { findLinks, textBlocks } from "../../state/plainText";
import classes from "./MessageCard.module.css";

/** Quoted passages of fewer lines than this are shown as they are. */
const foldFrom = 4;

/** Plain text with its links, and long quoted passages folded. */
export function TextBody({ text }: { text: string }) {
  const { t } = useTranslation("mail");
  const groups = useMemo(() => grouped(text), [text]);
  return (
    <div className={classes.text} dir="auto">
      {groups.map(({ quoted, lines }, at) => {
        const shown = <Lines lines={lines} />;
        // biome-ignore lint/suspicious/noArrayIndexKey: the passages of a message never change
        if (!quoted) return <div key={at}>{shown}</div>;
        if (lines.length < foldFrom || at === 0) {
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <blockquote key={at} className={classes.quoted}>
              {shown}
            </blockquote>
          );
        }
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <details key={at} className={classes.quote}>
            <summary className={classes.quoteMark} aria-label={t("reading.quoted")} title={t("reading.quoted")}>
              •••
            </summary>
            <blockquote className={classes.quoted}>{shown}</blockquote>
          </details>
        );
      })}
    </div>
  );
}

function grouped(text: string): { quoted: boolean; lines: string[] }[] {
  const groups: { quoted: boolean; lines: string[] }[] = [];
  for (const { depth, lines } of textBlocks(text)) {
    const quoted = depth > 0;
    const marked = depth > 1 ? lines.map((line) => `${">".repeat(depth - 1)} ${line}`) : lines;
    const last = groups.at(-1);
    if (last && last.quoted === quoted) last.lines.push(...marked);
    else groups.push({ quoted, lines: [...marked] });
  }
  return groups;
}

function Lines({ lines }: { lines: string[] }) {
  const { compose } = useMailCommands();
  return lines.map((line, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a message never change
    <span key={at}>
      {findLinks(line).map((part, position) =>
        part.href === null ? (
          part.text
        ) : (
          <a
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            key={position}
            href={part.href}
            target="_blank"
            rel="noopener noreferrer"
            onClick={(event) => {
              if (!part.href?.startsWith("mailto:")) return;
              event.preventDefault();
              compose(part.href);
            }}
          >
            {part.text}
          </a>
        ),
      )}
      {at < lines.length - 1 && "\n"}
    </span>
  ));
}
