import { JmapError } from "../../../../lib/jmap";
import { failed } from "../../../../ui";
import { draftGet } from "../../api/draftGet";
import { explain } from "../explain";
import { loadIdentities } from "../mailData";
import { openComposition } from "./drafts";
import { draftComposition } from "./start";
import type { ComposeWindow } from "./windows";

/** Goes on writing a draft. */
export async function resumeDraft(
  accountId: string,
  emailId: string,
  mode: ComposeWindow["mode"] = "floating",
): Promise<void> {
  try {
    const [draft, identities] = await Promise.all([draftGet(accountId, emailId), loadIdentities(accountId)]);
    if (!draft) throw new JmapError("notFound");
    openComposition(await draftComposition(accountId, draft, identities), mode);
  } catch (error) {
    failed(explain(error));
  }
}
