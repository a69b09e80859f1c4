import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useStateChange } from "../../../lib/jmap";
import { notify } from "../../../shell";
import { arrivals, emailState } from "../api/arrivals";
import { displayName, sameAddress } from "./addresses";
import { mailKeys } from "./keys";
import { isUnread } from "./mailboxCounts";
import { loadMailboxes } from "./mailData";
import { refreshAccount } from "./refresh";
import type { MailAccount } from "./useAccounts";

/** Keeps what is shown as the server has it, and says when mail arrives. */
export function useMailPush(accounts: MailAccount[], own: string[]): void {
  const client = useQueryClient();
  useStateChange(["Email", "Mailbox", "Thread", "Identity", "VacationResponse"], ({ accountId, states }) => {
    for (const { id } of accounts) {
      if (accountId !== null && accountId !== id) continue;
      if (accountId === null || "Email" in states || "Mailbox" in states || "Thread" in states)
        refreshAccount(client, id);
      if (accountId === null || "Identity" in states)
        void client.invalidateQueries({ queryKey: mailKeys.identities(id) });
      if (accountId === null || "VacationResponse" in states)
        void client.invalidateQueries({ queryKey: mailKeys.vacation(id) });
    }
  });
  useArrivals(accounts.find((account) => account.isPrimary)?.id ?? null, own);
}

/** Tells of new messages in the inbox that someone else wrote. */
function useArrivals(accountId: string | null, own: string[]): void {
  const { t } = useTranslation("mail");
  const state = useRef<string | null>(null);
  const asking = useRef<Promise<void>>(Promise.resolve());

  useEffect(() => {
    state.current = null;
    if (accountId === null) return;
    asking.current = emailState(accountId).then(
      (now) => {
        state.current = now;
      },
      () => undefined,
    );
  }, [accountId]);

  useStateChange(["Email"], (change) => {
    if (accountId === null || (change.accountId !== null && change.accountId !== accountId)) return;
    asking.current = asking.current.then(tell, tell);
  });

  const tell = async () => {
    if (accountId === null) return;
    if (state.current === null) {
      state.current = await emailState(accountId).catch(() => null);
      return;
    }
    try {
      const found = await arrivals(accountId, state.current);
      state.current = found.state;
      const inbox = (await loadMailboxes(accountId)).roleId("inbox");
      const fresh = found.created.filter(
        (email) =>
          inbox !== null &&
          email.mailboxIds[inbox] &&
          isUnread(email) &&
          !email.from?.some((from) => own.some((mine) => sameAddress(mine, from.email))),
      );
      if (fresh.length > 3) {
        notify({ tag: "mail", title: t("arrival.many", { count: fresh.length }), url: "/mail/inbox" });
        return;
      }
      for (const email of fresh) {
        notify({
          tag: `mail-${email.id}`,
          title: email.from?.[0] ? displayName(email.from[0]) : t("list.noSender"),
          body: [email.subject || t("list.noSubject"), email.preview].filter(Boolean).join("\n"),
          url: `/mail/inbox/${email.threadId}`,
        });
      }
    } catch {
      // The state is too old to calculate changes from, or there is no connection: count arrivals from now on.
      state.current = await emailState(accountId).catch(() => null);
    }
  };
}
