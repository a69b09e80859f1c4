import { download } from "../../../lib/jmap";
import { saveFile } from "../../../lib/saveFile";
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
