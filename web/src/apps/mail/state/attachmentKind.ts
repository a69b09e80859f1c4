import type { EmailBodyPart } from "../../../lib/jmap/types";

export type AttachmentKind =
  | "image"
  | "pdf"
  | "message"
  | "text"
  | "sheet"
  | "document"
  | "slides"
  | "archive"
  | "audio"
  | "video"
  | "calendar"
  | "contact"
  | "file";

const byType: [RegExp, AttachmentKind][] = [
  [/^image\/(?:png|jpeg|gif|webp|avif|bmp)$/, "image"],
  [/^application\/pdf$/, "pdf"],
  [/^message\/rfc822$/, "message"],
  [/^text\/calendar$/, "calendar"],
  [/^text\/(?:vcard|x-vcard)$/, "contact"],
  [/^(?:text\/|application\/(?:json|xml)$)/, "text"],
  [/spreadsheet|excel|\bcsv$/, "sheet"],
  [/presentation|powerpoint/, "slides"],
  [/wordprocessing|msword|opendocument\.text|\brtf$/, "document"],
  [/zip|compressed|x-tar|x-7z|x-rar|gzip/, "archive"],
  [/^audio\//, "audio"],
  [/^video\//, "video"],
];

const byEnding: Record<string, AttachmentKind> = {
  pdf: "pdf",
  png: "image",
  jpg: "image",
  jpeg: "image",
  gif: "image",
  webp: "image",
  eml: "message",
  txt: "text",
  md: "text",
  zip: "archive",
};

/** What a file is, by its type, and where the type says nothing, by its name. */
export function attachmentKind({ type, name }: Pick<EmailBodyPart, "type" | "name">): AttachmentKind {
  const plain = type.toLowerCase();
  if (plain !== "application/octet-stream") {
    const found = byType.find(([pattern]) => pattern.test(plain));
    if (found) return found[1];
  }
  const ending = name?.toLowerCase().split(".").at(-1) ?? "";
  return plain === "application/octet-stream" ? (byEnding[ending] ?? "file") : "file";
}

/** What can be looked at without saving it. */
export function canPreview(part: Pick<EmailBodyPart, "type" | "name">): boolean {
  return ["image", "pdf", "message", "text", "calendar", "contact"].includes(attachmentKind(part));
}

/** The type to show a file by, where its own says nothing. */
export function previewType(part: Pick<EmailBodyPart, "type" | "name">): string {
  if (attachmentKind(part) !== "image" || part.type.startsWith("image/")) return part.type;
  const ending = part.name?.toLowerCase().split(".").at(-1) ?? "png";
  return `image/${ending === "jpg" ? "jpeg" : ending}`;
}
