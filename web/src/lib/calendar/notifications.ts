import { ref, request, result, session, throwIfRefused } from "../jmap";
import type { CalendarEventNotification } from "../jmap/calendars";
import type { GetResponse, Invocation, JmapSession, QueryResponse, SetResponse } from "../jmap/types";

const calendars = "urn:ietf:params:jmap:calendars";

/** A notification, and in whose account it stands. */
export interface AccountNotification extends CalendarEventNotification {
  accountId: string;
  /** The account's name, where it is not the person's own. */
  accountName: string | null;
}

export interface Notifications {
  list: AccountNotification[];
  /** Of all accounts together, shown or not. */
  total: number;
}

/** The newest of every account that the person looks after, in one round trip: their own first, and of teams as many as fit. */
export async function notificationsGet(limit: number): Promise<Notifications> {
  const found = await session();
  const accounts = accountsOf(found);
  if (accounts.length === 0) return { list: [], total: 0 };
  const sort = [{ property: "created", isAscending: false }];
  const calls = accounts.flatMap((accountId, at): Invocation[] => [
    ["CalendarEventNotification/query", { accountId, sort, limit, calculateTotal: true }, `q${at}`],
    [
      "CalendarEventNotification/get",
      { accountId, "#ids": ref(`q${at}`, "CalendarEventNotification/query", "/ids") },
      `g${at}`,
    ],
  ]);
  const answers = await request(calls);
  const list: AccountNotification[] = [];
  let total = 0;
  accounts.forEach((accountId, at) => {
    total += result<QueryResponse>(answers, `q${at}`).total ?? 0;
    const accountName =
      accountId === found.primaryAccounts[calendars] ? null : (found.accounts[accountId]?.name ?? null);
    for (const one of result<GetResponse<CalendarEventNotification>>(answers, `g${at}`).list)
      list.push({ ...one, accountId, accountName });
  });
  return { list: list.toSorted((a, b) => b.created.localeCompare(a.created)).slice(0, limit), total };
}

/** Puts one away. */
export async function notificationDestroy({ accountId, id }: AccountNotification): Promise<void> {
  const answers = await request([["CalendarEventNotification/set", { accountId, destroy: [id] }, "s"]]);
  const answer = result<SetResponse<CalendarEventNotification>>(answers, "s");
  // Put away elsewhere is put away.
  if (answer.notDestroyed?.[id]?.type !== "notFound") throwIfRefused(answer, id);
}

/** Puts all away, those too that are not shown. */
export async function notificationsClear(): Promise<void> {
  const calls = accountsOf(await session()).flatMap((accountId, at): Invocation[] => [
    ["CalendarEventNotification/query", { accountId }, `q${at}`],
    [
      "CalendarEventNotification/set",
      { accountId, "#destroy": ref(`q${at}`, "CalendarEventNotification/query", "/ids") },
      `s${at}`,
    ],
  ]);
  const answers = await request(calls);
  for (const [, , id] of calls) result(answers, id);
}

function accountsOf({ accounts, primaryAccounts, capabilities }: JmapSession): string[] {
  const primary = primaryAccounts[calendars];
  return Object.keys(accounts)
    .filter((id) => calendars in (accounts[id]?.accountCapabilities ?? {}))
    .toSorted((a, b) => Number(b === primary) - Number(a === primary))
    .slice(0, Math.floor(capabilities["urn:ietf:params:jmap:core"].maxCallsInRequest / 2));
}
