import type { DragEvent, MouseEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Entry } from "../state/listing";
import { first } from "../state/names";
import classes from "./ContactRow.module.css";
import { Face } from "./Face";

interface ContactRowProps {
  accountId: string;
  entry: Entry;
  position: number;
  total: number;
  open: boolean;
  selected: boolean;
  selecting: boolean;
  cursor: boolean;
  onClick(event: MouseEvent): void;
  onToggle(event: { shiftKey: boolean }): void;
  onDrag(event: DragEvent): void;
  onDragEnd(): void;
}

/** One person of the list: the surname, by which they stand there, is told from the rest of the name. */
export function ContactRow(props: ContactRowProps) {
  const { accountId, entry, position, total, open, selected, selecting, cursor } = props;
  const { t } = useTranslation("contacts");
  const { card, parts } = entry;
  const name = entry.name || t("unnamed");
  const organization = first(card.organizations)?.name;
  const title = first(card.titles)?.name;
  const about = [title, organization].filter((text) => text && text !== name).join(" · ");
  const second =
    about || [first(card.emails)?.address, first(card.phones)?.number].find((text) => text && text !== name);
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are placed one by one by the virtual list
    <div
      role="listitem"
      aria-posinset={position + 1}
      aria-setsize={total}
      className={classes.row}
      data-open={open || undefined}
      data-selected={selected || undefined}
      data-cursor={cursor || undefined}
      data-selecting={selecting || undefined}
      draggable
      onDragStart={props.onDrag}
      onDragEnd={props.onDragEnd}
    >
      <span className={classes.face}>
        <span className={classes.avatar}>
          <Face accountId={accountId} card={card} size={38} />
        </span>
        <input
          type="checkbox"
          className={classes.checkbox}
          checked={selected}
          aria-label={t("list.select", { name })}
          onChange={() => undefined}
          onClick={props.onToggle}
        />
      </span>
      <button
        type="button"
        className={classes.content}
        data-card={card.id}
        onClick={props.onClick}
        aria-current={open ? "true" : undefined}
      >
        <span className={classes.name} dir="auto">
          {entry.name ? (
            <>
              {parts.given && `${parts.given} `}
              <span className={classes.surname}>{parts.surname}</span>
            </>
          ) : (
            <span className={classes.unnamed}>{name}</span>
          )}
        </span>
        {second && (
          <span className={classes.second} dir="auto">
            {second}
          </span>
        )}
      </button>
    </div>
  );
}
