import { useVirtualizer } from "@tanstack/react-virtual";
import { type DragEvent, type KeyboardEvent, type MouseEvent, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { ListCard } from "../api/cardGet";
import { useContacts } from "../state/ContactsContext";
import { dragType, endDrag, startDrag } from "../state/drag";
import type { Listing } from "../state/listing";
import classes from "./ContactList.module.css";
import { ContactRow } from "./ContactRow";
import { LetterRail } from "./LetterRail";

const rowHeight = 60;
const letterHeight = 30;

interface ContactListProps {
  listing: Listing;
  selected: ReadonlySet<string>;
  cursor: string | null;
  onOpen(card: ListCard): void;
  onToggle(card: ListCard, event: { shiftKey: boolean }): void;
  onStep(by: number): void;
}

/** People by the alphabet, however many: only those in sight are drawn. */
export function ContactList({ listing, selected, cursor, onOpen, onToggle, onStep }: ContactListProps) {
  const { t } = useTranslation("contacts");
  const { location, account } = useContacts();
  const scroller = useRef<HTMLDivElement>(null);
  const { lines, letters, entries } = listing;

  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (lines[index]?.kind === "letter" ? letterHeight : rowHeight),
    getItemKey: (index) => {
      const line = lines[index];
      return line?.kind === "entry" ? line.entry.card.id : `letter ${line?.letter}`;
    },
    overscan: 8,
    initialRect: { width: 0, height: rowHeight * 12 },
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: the heights depend on which lines are letters
  useEffect(() => virtual.measure(), [lines]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a move of the cursor scrolls, not what arrives
  useEffect(() => {
    if (cursor === null) return;
    const index = lines.findIndex((line) => line.kind === "entry" && line.entry.card.id === cursor);
    if (index < 0) return;
    virtual.scrollToIndex(index, { align: "auto" });
    const frame = requestAnimationFrame(() => {
      const active = document.activeElement;
      const elsewhere = active !== null && active !== document.body && !scroller.current?.contains(active);
      if (!elsewhere)
        scroller.current
          ?.querySelector<HTMLElement>(`[data-card="${CSS.escape(cursor)}"]`)
          ?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [cursor]);

  const jump = (letter: string) => {
    const at = letters.get(letter);
    if (at !== undefined) virtual.scrollToIndex(at, { align: "start" });
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") onStep(1);
    else if (event.key === "ArrowUp") onStep(-1);
    else if (event.shiftKey && /^\p{L}$/u.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey)
      jump(event.key.toLocaleUpperCase());
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const drag = (card: ListCard, event: DragEvent) => {
    const chosen = selected.has(card.id)
      ? entries.filter((entry) => selected.has(entry.card.id)).map((entry) => entry.card)
      : [card];
    startDrag(chosen);
    event.dataTransfer.setData(dragType, "");
    event.dataTransfer.effectAllowed = "copy";
    setDragImage(event, t("list.dragging", { count: chosen.length }));
  };
  const click = (card: ListCard, event: MouseEvent) => {
    if (event.shiftKey || event.ctrlKey || event.metaKey) {
      event.preventDefault();
      onToggle(card, event);
    } else onOpen(card);
  };

  return (
    <div className={classes.body}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows go from row to row, whose buttons have the focus */}
      <div ref={scroller} className={classes.scroller} onKeyDown={keys}>
        <div className={classes.rows} style={{ height: virtual.getTotalSize() }}>
          {/* biome-ignore lint/a11y/useSemanticElements: rows are placed one by one */}
          <div role="list" aria-label={t("list.label")}>
            {virtual.getVirtualItems().map(({ index, start, size, key }) => {
              const line = lines[index];
              const style = { height: size, transform: `translateY(${start}px)` };
              if (!line) return null;
              if (line.kind === "letter")
                return (
                  <div key={key} className={classes.letter} style={style} aria-hidden>
                    {line.letter}
                  </div>
                );
              const { card } = line.entry;
              return (
                <div key={key} className={classes.place} style={style} role="presentation">
                  <ContactRow
                    accountId={account.id}
                    entry={line.entry}
                    position={line.position}
                    total={entries.length}
                    open={location.cardId === card.id}
                    selected={selected.has(card.id)}
                    selecting={selected.size > 0}
                    cursor={cursor === card.id && location.cardId !== card.id}
                    onClick={(event) => click(card, event)}
                    onToggle={(event) => onToggle(card, event)}
                    onDrag={(event) => drag(card, event)}
                    onDragEnd={endDrag}
                  />
                </div>
              );
            })}
          </div>
        </div>
      </div>
      {entries.length > 20 && <LetterRail letters={letters} onJump={jump} />}
    </div>
  );
}

function setDragImage(event: DragEvent, text: string): void {
  const image = document.createElement("div");
  image.className = classes.dragged ?? "";
  image.textContent = text;
  document.body.append(image);
  event.dataTransfer.setDragImage(image, 0, 0);
  requestAnimationFrame(() => image.remove());
}
