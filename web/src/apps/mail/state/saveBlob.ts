import { download } from "../../../lib/jmap";
import { failed } from "../../../ui";
import { explain } from "./explain";

/** Fetches a blob with the person's token and hands it to the browser to save. */
export async function saveBlob(accountId: string, blobId: string, type: string, name: string): Promise<void> {
  try {
    saveFile(await download(accountId, blobId, type, name), name);
  } catch (error) {
    failed(explain(error));
  }
}

export function saveFile(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
