import { IconMail, IconSearch, IconUser } from "@tabler/icons-react";
import { loadTexts, t } from "../../../i18n";
import { primaryAccount, session } from "../../../lib/jmap";
import { navigateTo, registerSearchProvider, type SearchResult } from "../../../shell";
import { conversationWindow } from "../api/conversationWindow";
import { displayName } from "./addresses";
import { openComposition } from "./compose/drafts";
import { newComposition } from "./compose/start";
import { matchCorrespondents } from "./correspondents";
import { type MailLocation, writeLocation } from "./location";
import { mailboxLabel } from "./mailboxLabel";
import { loadCorrespondents, loadFoundPeople, loadIdentities, loadMailboxes } from "./mailData";
import { parseSearch, toFilter } from "./searchQuery";

const shownMail = 6;
const shownPeople = 4;

/** Mail and people among the results of the shell's search (Ctrl-K), in whatever app it is opened. */
export async function startMailSearch(): Promise<void> {
  await loadTexts("mail");
  registerSearchProvider({ id: "mail", labelId: "mail:title", search: findMail });
  registerSearchProvider({ id: "people", labelId: "mail:search.people", search: findPeople });
}

async function findMail(query: string): Promise<SearchResult[]> {
  const shared = await sharedAccount();
  const accountId = shared ?? (await primaryAccount());
  const mailboxes = await loadMailboxes(accountId);
  const filter = toFilter(parseSearch(query), {
    mailboxId: (name) =>
      mailboxes.all.find((mailbox) => mailboxLabel(mailbox, t).toLowerCase() === name.toLowerCase())?.id ?? null,
    hidden: (["trash", "junk"] as const).flatMap((role) => mailboxes.roleId(role) ?? []),
    now: new Date(),
  });
  if (filter === null) return [];
  const goTo = (threadId: string | null) =>
    navigateTo(addressOf({ mailbox: "inbox", search: query, threadId, accountId: shared }));
  const { rows, total } = await conversationWindow(accountId, filter, 0, shownMail);
  const found = rows.map((row): SearchResult => {
    const email = row.emails.find(({ id }) => id === row.id) ?? row.emails[0];
    return {
      id: row.threadId,
      title: email?.subject || t("mail:list.noSubject"),
      subtitle: email?.from?.[0] ? displayName(email.from[0]) : "",
      icon: IconMail,
      run: () => goTo(row.threadId),
    };
  });
  if (total <= shownMail) return found;
  const title = t("mail:search.showAll", { count: total });
  return [...found, { id: "all", title, icon: IconSearch, run: () => goTo(null) }];
}

/** People of one's mail by their name or address; choosing one begins a message to them. */
async function findPeople(query: string): Promise<SearchResult[]> {
  const accountId = (await sharedAccount()) ?? (await primaryAccount());
  const known = matchCorrespondents(await loadCorrespondents(accountId), query, shownPeople);
  const found =
    known.length > 0 ? known : matchCorrespondents(await loadFoundPeople(accountId, query), query, shownPeople);
  return found.map(({ name, email }) => ({
    id: email,
    title: displayName({ name, email }),
    ...(name ? { subtitle: email } : {}),
    icon: IconUser,
    run: async () => {
      const composition = newComposition(accountId, await loadIdentities(accountId));
      if (!isInMail()) navigateTo("/mail");
      openComposition({ ...composition, to: [{ name, email }] });
    },
  }));
}

/** The account of somebody else's or a team's mail that is looked at. */
async function sharedAccount(): Promise<string | null> {
  const named = isInMail() ? new URLSearchParams(location.search).get("account") : null;
  return named !== null && named in (await session()).accounts ? named : null;
}

function isInMail(): boolean {
  return location.pathname === "/mail" || location.pathname.startsWith("/mail/");
}

function addressOf(place: MailLocation): string {
  const { _splat, search } = writeLocation(place);
  const pairs = Object.entries(search).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  const query = new URLSearchParams(pairs).toString();
  return `/mail/${_splat}${query && `?${query}`}`;
}
