import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Filter } from "../../../lib/jmap/types";
import type { ListView } from "./keys";
import type { MailLocation } from "./location";
import { mailboxLabel } from "./mailboxLabel";
import type { Mailboxes } from "./mailboxes";
import { parseSearch, toFilter } from "./searchQuery";

const nothing: Filter = { operator: "OR", conditions: [] };

/** The list that the address bar asks for: a mailbox, or a search. */
export function useView(accountId: string, location: MailLocation, mailboxes: Mailboxes): ListView {
  const { t } = useTranslation("mail");
  const mailbox = mailboxes.fromSegment(location.mailbox);
  const mailboxId = mailbox?.id ?? null;
  const filter = useMemo<Filter>(() => {
    if (location.search === null) return mailboxId === null ? nothing : { inMailbox: mailboxId };
    const found = toFilter(parseSearch(location.search), {
      mailboxId(name) {
        const wanted = name.toLowerCase();
        const match = mailboxes.all.find((each) => each.role === wanted || [each.name, mailboxLabel(each, t)].some((label) => label.toLowerCase() === wanted));
        return match?.id ?? null;
      },
      hidden: (["trash", "junk"] as const).flatMap((role) => mailboxes.roleId(role) ?? []),
      now: new Date(),
    });
    return found ?? nothing;
    // The names and roles of mailboxes matter, their counts do not: a new filter would load the list anew.
    // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  }, [location.search, mailboxId, mailboxes.all.map(({ id, name, role }) => `${id}${name}${role}`).join("\n"), t]);
  return useMemo(() => ({ accountId, mailboxId: location.search === null ? mailboxId : null, filter }), [accountId, location.search, mailboxId, filter]);
}
