import { IconMail, IconSearch } from "@tabler/icons-react";
import { useEffect } from "react";
import { t } from "../../../i18n";
import { registerSearchProvider } from "../../../shell";
import { conversationWindow } from "../api/conversationWindow";
import { displayName } from "./addresses";
import type { Move } from "./location";
import type { Mailboxes } from "./mailboxes";
import { mailboxLabel } from "./mailboxLabel";
import { parseSearch, toFilter } from "./searchQuery";

const shown = 6;

/** Mail among the results of the shell's search (Ctrl-K). */
export function useMailSearchProvider(accountId: string, mailboxes: Mailboxes, go: (move: Move) => void): void {
  useEffect(
    () =>
      registerSearchProvider({
        id: "mail",
        labelId: "mail:title",
        async search(query) {
          const terms = parseSearch(query);
          const filter = toFilter(terms, {
            mailboxId: (name) =>
              mailboxes.all.find((mailbox) => mailboxLabel(mailbox, t).toLowerCase() === name.toLowerCase())?.id ??
              null,
            hidden: (["trash", "junk"] as const).flatMap((role) => mailboxes.roleId(role) ?? []),
            now: new Date(),
          });
          if (filter === null) return [];
          const { rows, total } = await conversationWindow(accountId, filter, 0, shown);
          const found = rows.map((row) => {
            const email = row.emails.find(({ id }) => id === row.id) ?? row.emails[0];
            return {
              id: row.threadId,
              title: email?.subject || t("mail:list.noSubject"),
              subtitle: email?.from?.[0] ? displayName(email.from[0]) : "",
              icon: IconMail,
              run: () => go({ mailbox: "inbox", search: query, threadId: row.threadId }),
            };
          });
          if (total <= shown) return found;
          return [
            ...found,
            {
              id: "all",
              title: t("mail:search.showAll", { count: total }),
              icon: IconSearch,
              run: () => go({ search: query, threadId: null }),
            },
          ];
        },
      }),
    [accountId, mailboxes, go],
  );
}
