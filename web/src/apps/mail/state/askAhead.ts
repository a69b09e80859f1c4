import { primaryAccount } from "../../../lib/jmap";
import { queryClient } from "../../../lib/queryClient";
import { listQuery } from "./listQuery";
import { loadIdentities, loadMailboxes } from "./mailData";

/**
 * Asks for what the screen shows first while its code is still being run: a list takes two questions, one after the
 * other, and the answers are there when it is drawn. What fails is asked again by the screen itself, which says so.
 */
export async function askAhead(): Promise<void> {
  const [app, segment = "inbox"] = location.pathname.split("/").filter(Boolean);
  const asked = new URLSearchParams(location.search);
  if (app !== "mail" || segment === "settings" || asked.has("q") || asked.has("account")) return;
  try {
    const accountId = await primaryAccount();
    void loadIdentities(accountId).catch(() => undefined);
    const mailbox = (await loadMailboxes(accountId)).fromSegment(decodeURIComponent(segment));
    if (!mailbox) return;
    await queryClient.prefetchQuery(listQuery({ accountId, mailboxId: mailbox.id, filter: { inMailbox: mailbox.id } }));
  } catch {
    // As above.
  }
}
