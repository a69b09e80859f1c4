import { t } from "../../../../i18n";
import { isOffline } from "../../../../lib/jmap";
import { queryClient } from "../../../../lib/queryClient";
import { failed } from "../../../../ui";
import { draftSave } from "../../api/draftSave";
import { emailSet } from "../../api/emailSet";
import { type Composition, isUntouched, toEmailCreate } from "../composition";
import { DraftSaver } from "../draftSaver";
import { explain } from "../explain";
import { loadIdentities, loadMailboxes } from "../mailData";
import { refreshAccount } from "../refresh";
import { signatureText } from "./signature";
import { cancelUploads, uploadsDone } from "./uploads";
import {
  addWindow,
  type ComposeWindow,
  changeComposition,
  changeWindow,
  composeWindow,
  composeWindows,
  raiseWindow,
  removeWindow,
} from "./windows";

const savers = new Map<string, DraftSaver<Composition>>();

/** Opens a window for a message; a draft that is open already comes to the front. */
export function openComposition(composition: Composition, mode: ComposeWindow["mode"] = "floating"): void {
  const open = composeWindows().find(
    (window) => window.composition.draftId !== null && window.composition.draftId === composition.draftId,
  );
  if (open) {
    raiseWindow(open.composition.key);
    return;
  }
  savers.set(composition.key, newSaver(composition));
  addWindow(composition, mode);
}

function newSaver({ key, accountId, draftId }: Composition): DraftSaver<Composition> {
  let answerLost = false;
  return new DraftSaver<Composition>({
    draftId,
    delay: 1500,
    maxDelay: 10_000,
    async save(content, previousId) {
      const mailboxes = await loadMailboxes(accountId);
      const drafts = mailboxes.roleId("drafts");
      const identities = await loadIdentities(accountId);
      const identity = identities.find(({ id }) => id === content.identityId) ?? identities[0];
      if (!drafts || !identity) throw new Error("There is no mailbox for drafts, or no identity to write as.");
      try {
        const saved = await draftSave(
          accountId,
          toEmailCreate(content, identity, drafts),
          previousId,
          answerLost ? drafts : null,
        );
        answerLost = false;
        return saved;
      } catch (error) {
        answerLost ||= isOffline(error);
        throw error;
      }
    },
    async destroy(id) {
      await emailSet(accountId, new Map([[id, null]]));
    },
    onStatus: (status) => changeWindow(key, { status }),
    onSaved({ id, conflict }) {
      changeComposition(key, { draftId: id });
      if (conflict) changeWindow(key, { conflict: true });
      refreshAccount(queryClient, accountId);
    },
  });
}

/** Something was typed, added or removed. */
export function edit(key: string, change: Partial<Composition>): void {
  const changed = changeComposition(key, change);
  if (changed) savers.get(key)?.changed(changed);
}

/** Closes a window; what was written stays among the drafts, what nobody wrote in goes. */
export async function closeComposition(key: string): Promise<void> {
  const window = composeWindow(key);
  const saver = savers.get(key);
  if (!window || !saver) return;
  const { composition } = window;
  const identity = (await loadIdentities(composition.accountId).catch(() => [])).find(
    ({ id }) => id === composition.identityId,
  );
  if (isUntouched(composition, identity ? signatureText(identity) : "")) {
    await discardComposition(key);
    return;
  }
  if (window.status === "clean" && saver.id !== null) {
    end(key);
    return;
  }
  changeWindow(key, { mode: "minimised" });
  try {
    await uploadsDone(key);
    await saver.flush(composeWindow(key)?.composition ?? composition);
    end(key);
  } catch (error) {
    changeWindow(key, { mode: "floating" });
    failed(t("mail:compose.notSaved", { reason: explain(error) }));
  }
}

/** Throws a message away, with its draft on the server. */
export async function discardComposition(key: string): Promise<void> {
  const saver = savers.get(key);
  const accountId = composeWindow(key)?.composition.accountId;
  cancelUploads(key);
  savers.delete(key);
  removeWindow(key);
  try {
    await saver?.discard();
    if (accountId) refreshAccount(queryClient, accountId);
  } catch (error) {
    failed(explain(error));
  }
}

/** Saves the last words and gives the id of the draft that is sent. */
export function saveNow(key: string): Promise<string> {
  const saver = savers.get(key);
  const window = composeWindow(key);
  if (!saver || !window) return Promise.reject(new Error("The message is not open."));
  return saver.flush(window.composition);
}

/** Takes the window away and leaves the draft as it is. */
export function end(key: string): void {
  void savers.get(key)?.close();
  savers.delete(key);
  removeWindow(key);
}
