import { call, request, result, session, throwIfRefused } from "../../../lib/jmap";
import type { EmailSubmission, SetResponse } from "../../../lib/jmap/types";
import { patchPath } from "../state/emailPatch";
import { createdId } from "./createdId";

interface Sending {
  accountId: string;
  emailId: string;
  identityId: string;
  draftsId: string;
  sentId: string;
  /** Present when the server itself holds the message: the envelope must then be written out. RFC 8621 §7. */
  hold?: { seconds: number; mailFrom: string; rcptTo: string[] };
}

/** Sends a draft; the server files it under Sent in the same step. Gives the submission's id. RFC 8621 §7.5. */
export async function submissionCreate({
  accountId,
  emailId,
  identityId,
  draftsId,
  sentId,
  hold,
}: Sending): Promise<string> {
  const envelope = hold && {
    mailFrom: { email: hold.mailFrom, parameters: { HOLDFOR: String(hold.seconds) } },
    rcptTo: hold.rcptTo.map((email) => ({ email, parameters: null })),
  };
  const answers = await request([
    [
      "EmailSubmission/set",
      {
        accountId,
        create: { send: { emailId, identityId, ...(envelope ? { envelope } : {}) } },
        onSuccessUpdateEmail: {
          "#send": {
            ...(draftsId === sentId ? {} : { [patchPath("mailboxIds", draftsId)]: null }),
            [patchPath("mailboxIds", sentId)]: true,
            "keywords/$draft": null,
            "keywords/$seen": true,
          },
        },
      },
      "s",
    ],
  ]);
  const response = result<SetResponse<EmailSubmission>>(answers, "s");
  return createdId(response, "send");
}

/** Takes back a message the server still holds, and makes it a draft again. RFC 8621 §7.5, `undoStatus`. */
export async function submissionCancel(accountId: string, id: string, draftsId: string, sentId: string): Promise<void> {
  const response = await call<SetResponse<unknown>>("EmailSubmission/set", {
    accountId,
    update: { [id]: { undoStatus: "canceled" } },
    onSuccessUpdateEmail: {
      [id]: {
        ...(draftsId === sentId ? {} : { [patchPath("mailboxIds", sentId)]: null }),
        [patchPath("mailboxIds", draftsId)]: true,
        "keywords/$draft": true,
      },
    },
  });
  throwIfRefused(response, id);
}

/** How long the server would hold a message, in seconds; 0 when it cannot. RFC 8621 §1.3.2. */
export async function maxDelayedSend(accountId: string): Promise<number> {
  const capability = (await session()).accounts[accountId]?.accountCapabilities["urn:ietf:params:jmap:submission"];
  return (capability as { maxDelayedSend?: number } | undefined)?.maxDelayedSend ?? 0;
}
