import type { TFunction } from "i18next";
import type { Mailbox } from "../../../lib/jmap/types";

// i18n: mail:role.*
const named = new Set(["inbox", "drafts", "sent", "archive", "junk", "trash"]);

/** What a mailbox is called: those with a role in the person's language, others as they were named. */
export function mailboxLabel(mailbox: Pick<Mailbox, "role" | "name">, t: TFunction<"mail">): string {
  return mailbox.role !== null && named.has(mailbox.role) ? t(`role.${mailbox.role}` as "role.inbox") : mailbox.name;
}
