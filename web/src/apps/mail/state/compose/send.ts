import { t } from "../../../../i18n";
import { forget, keep, kept, keptKeys } from "../../../../lib/keep";
import { queryClient } from "../../../../lib/queryClient";
import { failed, undoable } from "../../../../ui";
import { maxDelayedSend, submissionCancel, submissionCreate } from "../../api/submission";
import { changeEmails } from "../changeEmails";
import { type Composition, recipientsOf } from "../composition";
import { keywordPatch } from "../emailPatch";
import { explain } from "../explain";
import { loadIdentities, loadMailboxes } from "../mailData";
import { preferences } from "../preferences";
import { refreshAccount } from "../refresh";
import { end, openComposition, saveNow } from "./drafts";
import { claim, isClaimed, unclaim } from "./tabLocks";
import { uploadsDone } from "./uploads";
import { changeWindow, composeWindow } from "./windows";

const prefix = "mail.held.";
const holding = new Set<string>();

/**
 * Sends a message after the time in which sending can be undone. Where the server can hold it (RFC 4865 FUTURERELEASE)
 * the server does, and it goes out whatever happens here; else it is held here as a draft on the server, and stays one
 * if the page is closed meanwhile.
 */
export async function send(key: string): Promise<void> {
  const window = composeWindow(key);
  if (!window) return;
  changeWindow(key, { mode: "minimised" });
  let composition = window.composition;
  try {
    await uploadsDone(key);
    composition = composeWindow(key)?.composition ?? composition;
    if (composition.attachments.some((attachment) => attachment.blobId === null)) {
      changeWindow(key, { mode: "floating" });
      return;
    }
    const draftId = await saveNow(key);
    composition = { ...composition, draftId };
  } catch (error) {
    changeWindow(key, { mode: "floating" });
    failed(t("mail:compose.notSent", { reason: explain(error) }));
    return;
  }
  end(key);
  const seconds = preferences().undoSeconds;
  const serverHolds = seconds > 0 && (await maxDelayedSend(composition.accountId).catch(() => 0)) >= seconds;
  if (seconds === 0) await deliver(composition);
  else if (serverHolds) await holdThere(composition, seconds);
  else holdHere(composition, seconds);
}

function holdHere(composition: Composition, seconds: number): void {
  const { key } = composition;
  keep(prefix + key, composition);
  claim(prefix + key);
  holding.add(key);
  const timer = setTimeout(() => {
    release(key);
    void deliver(composition);
  }, seconds * 1000);
  undoable(
    t("mail:compose.sending"),
    () => {
      if (!holding.has(key)) return;
      clearTimeout(timer);
      release(key);
      openComposition(composition);
    },
    seconds * 1000,
  );
}

function release(key: string): void {
  holding.delete(key);
  forget(prefix + key);
  unclaim(prefix + key);
}

async function holdThere(composition: Composition, seconds: number): Promise<void> {
  try {
    const { submissionId, draftsId, sentId } = await submit(composition, seconds);
    undoable(
      t("mail:compose.sent"),
      async () => {
        try {
          await submissionCancel(composition.accountId, submissionId, draftsId, sentId);
          openComposition(composition);
        } catch (error) {
          failed(explain(error));
        }
      },
      seconds * 1000,
    );
  } catch (error) {
    giveBack(composition, error);
  }
}

async function deliver(composition: Composition): Promise<void> {
  try {
    await submit(composition, 0);
  } catch (error) {
    giveBack(composition, error);
  }
}

async function submit(
  composition: Composition,
  hold: number,
): Promise<{ submissionId: string; draftsId: string; sentId: string }> {
  const { accountId, draftId, answers } = composition;
  const mailboxes = await loadMailboxes(accountId);
  const draftsId = mailboxes.roleId("drafts") ?? "";
  const sentId = mailboxes.roleId("sent") ?? draftsId;
  const identities = await loadIdentities(accountId);
  const identity = identities.find(({ id }) => id === composition.identityId) ?? identities[0];
  const submissionId = await submissionCreate({
    accountId,
    emailId: draftId ?? "",
    identityId: identity?.id ?? "",
    draftsId,
    sentId,
    ...(hold > 0
      ? {
          hold: {
            seconds: hold,
            mailFrom: identity?.email ?? "",
            rcptTo: recipientsOf(composition).map(({ email }) => email),
          },
        }
      : {}),
  });
  refreshAccount(queryClient, accountId);
  if (answers)
    void changeEmails(queryClient, accountId, new Map([[answers.emailId, keywordPatch(answers.keyword, true)]])).catch(
      () => undefined,
    );
  return { submissionId, draftsId, sentId };
}

/** The message is still a draft: it is opened again, with the reason. */
function giveBack(composition: Composition, error: unknown): void {
  openComposition(composition);
  failed(t("mail:compose.notSent", { reason: explain(error) }));
}

/** Whether a message waits here to be sent, so that closing the page is worth a question. */
export function isHolding(): boolean {
  return holding.size > 0;
}

/** Messages that were held when the page was closed, in this tab or another that is gone: they were not sent. */
export async function heldBefore(): Promise<Composition[]> {
  const found: Composition[] = [];
  for (const name of keptKeys(prefix)) {
    const key = name.slice(prefix.length);
    if (holding.has(key) || (await isClaimed(name))) continue;
    const composition = kept<Composition>(name);
    forget(name);
    if (composition) found.push(composition);
  }
  return found;
}
