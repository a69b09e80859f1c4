/** Keys of the query cache: everything that belongs to the server is under `["calendar", accountId, type]`. */
export const calendarKeys = {
  all: ["calendar"] as const,
  account: (accountId: string) => ["calendar", accountId] as const,
  calendars: (accountId: string) => ["calendar", accountId, "calendars"] as const,
  events: (accountId: string) => ["calendar", accountId, "events"] as const,
  month: (accountId: string, month: string, zone: string) =>
    ["calendar", accountId, "events", "month", month, zone] as const,
  event: (accountId: string, id: string) => ["calendar", accountId, "events", "one", id] as const,
  uid: (accountId: string, uid: string, recurrenceId: string) =>
    ["calendar", accountId, "events", "uid", uid, recurrenceId] as const,
  between: (accountId: string, from: string, to: string) =>
    ["calendar", accountId, "events", "between", from, to] as const,
  parsed: (accountId: string, blobId: string) => ["calendar", accountId, "parsed", blobId] as const,
  search: (accountId: string, text: string) => ["calendar", accountId, "events", "search", text] as const,
  links: (accountId: string) => ["calendar", accountId, "links"] as const,
  notifications: ["calendar", "notifications"] as const,
  rooms: ["calendar", "rooms"] as const,
  sources: (accountId: string) => ["calendar", "sources", accountId] as const,
  people: (accountId: string, typed: string, most: number) => ["calendar", accountId, "people", typed, most] as const,
  availability: (address: string, from: number, zone: string) =>
    ["calendar", "availability", address, from, zone] as const,
  identities: (accountId: string) => ["calendar", accountId, "identities"] as const,
};
