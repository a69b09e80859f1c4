import { t } from "../../../../i18n";
import { session, upload } from "../../../../lib/jmap";
import { failed, formatBytes } from "../../../../ui";
import { type Attachment, attachmentsSize } from "../composition";
import { explain } from "../explain";
import { edit } from "./drafts";
import { changeComposition, composeWindow } from "./windows";

interface Upload {
  compositionKey: string;
  file: File;
  abort: AbortController;
  done: Promise<void>;
}

const uploads = new Map<string, Upload>();

/** Addresses of images shown while they are written about, by Content-ID. They live as long as the page. */
const inlineUrls = new Map<string, string>();

export function inlineUrl(cid: string): string | undefined {
  return inlineUrls.get(cid);
}

export function setInlineUrl(cid: string, blob: Blob): string {
  const url = URL.createObjectURL(blob);
  inlineUrls.set(cid, url);
  return url;
}

/** Attaches files, those that fit in what the server takes; says which do not. */
export async function attach(compositionKey: string, files: File[]): Promise<void> {
  const accepted = await fitting(compositionKey, files);
  for (const file of accepted) begin(compositionKey, file, null);
}

/** Puts an image in the text: gives the Content-ID and the address to show it by, or null when it does not fit. */
export async function attachInline(compositionKey: string, file: File): Promise<{ cid: string; url: string } | null> {
  const [accepted] = await fitting(compositionKey, [file]);
  if (!accepted) return null;
  const cid = `${crypto.randomUUID()}@inline`;
  const url = setInlineUrl(cid, accepted);
  begin(compositionKey, accepted, cid);
  return { cid, url };
}

async function fitting(compositionKey: string, files: File[]): Promise<File[]> {
  const composition = composeWindow(compositionKey)?.composition;
  if (!composition) return [];
  const { capabilities, accounts } = await session();
  const { maxSizeUpload } = capabilities["urn:ietf:params:jmap:core"];
  const mail = accounts[composition.accountId]?.accountCapabilities["urn:ietf:params:jmap:mail"] as
    | { maxSizeAttachmentsPerEmail?: number }
    | undefined;
  const most = mail?.maxSizeAttachmentsPerEmail ?? Number.POSITIVE_INFINITY;
  let total = attachmentsSize(composition);
  return files.filter((file) => {
    if (file.size > maxSizeUpload) {
      failed(t("mail:compose.fileTooLarge", { name: file.name, limit: formatBytes(maxSizeUpload) }));
      return false;
    }
    if (total + file.size > most) {
      failed(t("mail:compose.totalTooLarge", { name: file.name, limit: formatBytes(most) }));
      return false;
    }
    total += file.size;
    return true;
  });
}

function begin(compositionKey: string, file: File, cid: string | null): void {
  const attachment: Attachment = {
    key: crypto.randomUUID(),
    name: file.name || t("mail:compose.unnamedFile"),
    type: file.type || "application/octet-stream",
    size: file.size,
    blobId: null,
    cid,
    progress: 0,
    failed: false,
  };
  changeAttachments(compositionKey, (list) => [...list, attachment]);
  run(compositionKey, attachment.key, file);
}

function run(compositionKey: string, key: string, file: File): void {
  const abort = new AbortController();
  const accountId = composeWindow(compositionKey)?.composition.accountId;
  if (!accountId) return;
  const done = upload(
    accountId,
    file,
    (sent, total) => change(compositionKey, key, { progress: total > 0 ? sent / total : 0 }),
    abort.signal,
  )
    .then(({ blobId, size }) => {
      uploads.delete(key);
      const attachments = composeWindow(compositionKey)?.composition.attachments;
      if (!attachments) return;
      edit(compositionKey, {
        attachments: attachments.map((a) => (a.key === key ? { ...a, blobId, size, progress: 1, failed: false } : a)),
      });
    })
    .catch((error: unknown) => {
      if (abort.signal.aborted) return;
      change(compositionKey, key, { failed: true });
      failed(t("mail:compose.uploadFailed", { name: file.name, reason: explain(error) }));
    });
  uploads.set(key, { compositionKey, file, abort, done });
}

export function retryUpload(compositionKey: string, key: string): void {
  const waiting = uploads.get(key);
  if (!waiting) return;
  change(compositionKey, key, { failed: false, progress: 0 });
  run(compositionKey, key, waiting.file);
}

/** Whether a failed upload can be tried again: the file is only known until the page is reloaded. */
export function canRetry(key: string): boolean {
  return uploads.has(key);
}

export function detach(compositionKey: string, key: string): void {
  uploads.get(key)?.abort.abort();
  uploads.delete(key);
  const attachments = composeWindow(compositionKey)?.composition.attachments;
  if (attachments) edit(compositionKey, { attachments: attachments.filter((attachment) => attachment.key !== key) });
}

export function cancelUploads(compositionKey: string): void {
  for (const [key, { abort, compositionKey: owner }] of uploads) {
    if (owner !== compositionKey) continue;
    abort.abort();
    uploads.delete(key);
  }
}

/** Resolves when nothing of a message is on its way any more. */
export async function uploadsDone(compositionKey: string): Promise<void> {
  await Promise.all([...uploads.values()].filter((u) => u.compositionKey === compositionKey).map((u) => u.done));
}

function change(compositionKey: string, key: string, values: Partial<Attachment>): void {
  changeAttachments(compositionKey, (list) =>
    list.map((attachment) => (attachment.key === key ? { ...attachment, ...values } : attachment)),
  );
}

function changeAttachments(compositionKey: string, update: (list: Attachment[]) => Attachment[]): void {
  const attachments = composeWindow(compositionKey)?.composition.attachments;
  if (attachments) changeComposition(compositionKey, { attachments: update(attachments) });
}
