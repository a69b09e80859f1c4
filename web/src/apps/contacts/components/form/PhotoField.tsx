import { Button, Loader } from "@mantine/core";
import { IconCamera, IconUser, IconX } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { type DragEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { upload } from "../../../../lib/jmap";
import type { Card, CardMedia } from "../../../../lib/jmap/contacts";
import { failed } from "../../../../ui";
import { newKey, withEntry } from "../../state/edit";
import { explain } from "../../state/explain";
import { contactKeys } from "../../state/keys";
import { displayName } from "../../state/names";
import { photoOf, squared } from "../../state/photo";
import { Face } from "../Face";
import classes from "./CardForm.module.css";

interface PhotoFieldProps {
  accountId: string;
  card: Card;
  onChange(media: Record<string, CardMedia>): void;
}

/** The photo: chosen or dropped, cut to a square here, so that no more of it is sent than is shown. */
export function PhotoField({ accountId, card, onChange }: PhotoFieldProps) {
  const { t } = useTranslation("contacts");
  const client = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [over, setOver] = useState(false);
  const photo = photoOf(card);

  const take = async (file: File | undefined) => {
    if (!file) return;
    setBusy(true);
    try {
      const picture = await squared(file).catch(() => null);
      if (!picture) {
        failed(t("photo.notPicture", { name: file.name }));
        return;
      }
      const { blobId, type } = await upload(accountId, picture);
      client.setQueryData(contactKeys.photo(accountId, blobId), URL.createObjectURL(picture));
      const key = photo?.[0] ?? newKey(card.media, "m");
      onChange(withEntry(card.media, key, { kind: "photo", blobId, mediaType: type || picture.type }));
    } catch (error) {
      failed(explain(error));
    } finally {
      setBusy(false);
    }
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer.files[0]);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button within does the same
    <div
      className={classes.photo}
      data-over={over || undefined}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <button
        type="button"
        className={classes.face}
        aria-label={t(photo ? "photo.change" : "photo.add")}
        title={t("photo.hint")}
        onClick={() => input.current?.click()}
      >
        {photo || displayName(card) ? (
          <Face accountId={accountId} card={card} size={96} />
        ) : (
          <span className={classes.nobody}>
            <IconUser className={classes.nobodyIcon} aria-hidden />
          </span>
        )}
        <span className={classes.camera} aria-hidden>
          {busy ? <Loader size="xs" /> : <IconCamera className={classes.icon} />}
        </span>
      </button>
      {photo && (
        <Button
          variant="subtle"
          size="compact-sm"
          color="gray"
          leftSection={<IconX className={classes.icon} />}
          onClick={() => onChange(withEntry(card.media, photo[0], null))}
        >
          {t("photo.remove")}
        </Button>
      )}
      <input
        ref={input}
        type="file"
        hidden
        accept="image/*"
        onChange={(event) => {
          void take(event.currentTarget.files?.[0]);
          event.currentTarget.value = "";
        }}
      />
    </div>
  );
}
