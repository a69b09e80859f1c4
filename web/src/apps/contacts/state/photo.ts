import { useQuery } from "@tanstack/react-query";
import { download } from "../../../lib/jmap";
import type { Card, CardMedia } from "../../../lib/jmap/contacts";
import { contactKeys } from "./keys";
import { entriesOf } from "./names";

/** Photos: those of the card itself. One that is elsewhere in the network is not fetched, for it would tell who looks. */

export function photoOf(card: Pick<Card, "media">): [key: string, photo: CardMedia] | null {
  const photos = entriesOf(card.media).filter(([, media]) => media.kind === "photo" || media.kind === "logo");
  return photos.find(([, { kind }]) => kind === "photo") ?? photos[0] ?? null;
}

/** An address the browser can show, once it is there. */
export function usePhoto(accountId: string, card: Pick<Card, "media">): string | null {
  const photo = photoOf(card)?.[1];
  const blobId = photo?.blobId;
  const { data } = useQuery({
    queryKey: contactKeys.photo(accountId, blobId ?? ""),
    queryFn: async () =>
      URL.createObjectURL(await download(accountId, blobId ?? "", photo?.mediaType ?? "image/jpeg", "photo")),
    enabled: blobId !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });
  if (blobId !== undefined) return data ?? null;
  return photo?.uri?.startsWith("data:image/") ? photo.uri : null;
}

const largest = 512;

/** The middle square of a picture, no larger than a face needs, as JPEG. Throws when the file is no picture. */
export async function squared(file: Blob): Promise<Blob> {
  const image = await createImageBitmap(file, { imageOrientation: "from-image" });
  const side = Math.min(image.width, image.height);
  const size = Math.min(side, largest);
  const canvas = document.createElement("canvas");
  canvas.width = size;
  canvas.height = size;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("No canvas.");
  context.drawImage(image, (image.width - side) / 2, (image.height - side) / 2, side, side, 0, 0, size, size);
  image.close();
  const isTransparent = file.type === "image/png" || file.type === "image/webp";
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error("The picture could not be made."))),
      isTransparent ? "image/png" : "image/jpeg",
      0.88,
    ),
  );
}
