import { download } from "../../../lib/jmap";
import type { CardMedia, ContactCard } from "../../../lib/jmap/contacts";
import { saveFile } from "../../../lib/saveFile";
import { failed } from "../../../ui";
import { cardGet } from "../api/cardGet";
import { explain } from "./explain";
import { writeVCard } from "./vcardWrite";

/** Saves cards as one vCard file, with their photos in it. */
export async function exportCards(accountId: string, ids: string[], name: string): Promise<void> {
  try {
    const { cards } = await cardGet<ContactCard>(accountId, ids);
    const texts: string[] = [];
    for (const card of cards) texts.push(writeVCard({ ...card, media: await withPictures(accountId, card.media) }));
    saveFile(
      new Blob(texts, { type: "text/vcard;charset=utf-8" }),
      `${name.replace(/[\\/:*?"<>|]+/g, " ").trim()}.vcf`,
    );
  } catch (error) {
    failed(explain(error));
  }
}

async function withPictures(accountId: string, media: ContactCard["media"]): Promise<Record<string, CardMedia>> {
  const entries = Object.entries(media ?? {}).map(async ([key, each]): Promise<[string, CardMedia]> => {
    if (!each.blobId) return [key, each];
    const blob = await download(accountId, each.blobId, each.mediaType ?? "image/jpeg", "photo");
    return [key, { ...each, uri: await dataUri(blob, each.mediaType ?? blob.type) }];
  });
  return Object.fromEntries(await Promise.all(entries));
}

function dataUri(blob: Blob, type: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(new Blob([blob], { type }));
  });
}
