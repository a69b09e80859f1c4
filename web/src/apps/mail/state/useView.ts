import type { TFunction } from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Filter } from "../../../lib/jmap/types";
import type { ListView } from "./keys";
import type { MailLocation } from "./location";
import type { Mailboxes } from "./mailboxes";
import { mailboxLabel } from "./mailboxLabel";
import { parseSearch, toFilter } from "./searchQuery";

const nothing: Filter = { operator: "OR", conditions: [] };

/** The list that the address bar asks for: a mailbox, or a search. */
export function useView(accountId: string, location: MailLocation, mailboxes: Mailboxes): ListView {
  const { t } = useTranslation("mail");
  const mailbox = mailboxes.fromSegment(location.mailbox);
  const mailboxId = mailbox?.id ?? null;
  const found = filterOf(location.search, mailboxId, mailboxes, t);
  // The same filter is the same object, or the list would be loaded anew whenever a count changes.
  const key = JSON.stringify(found);
  const filter = useMemo<Filter>(() => JSON.parse(key), [key]);
  return useMemo(
    () => ({ accountId, mailboxId: location.search === null ? mailboxId : null, filter }),
    [accountId, location.search, mailboxId, filter],
  );
}

function filterOf(search: string | null, mailboxId: string | null, mailboxes: Mailboxes, t: TFunction<"mail">): Filter {
  if (search === null) return mailboxId === null ? nothing : { inMailbox: mailboxId };
  const found = toFilter(parseSearch(search), {
    mailboxId(name) {
      const wanted = name.toLowerCase();
      const match = mailboxes.all.find(
        (each) =>
          each.role === wanted || [each.name, mailboxLabel(each, t)].some((label) => label.toLowerCase() === wanted),
      );
      return match?.id ?? null;
    },
    hidden: (["trash", "junk"] as const).flatMap((role) => mailboxes.roleId(role) ?? []),
    now: new Date(),
  });
  return found ?? nothing;
}
