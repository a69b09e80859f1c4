/** Keys of the query cache: everything that belongs to the server is under `["contacts", accountId, type]`. */
export const contactKeys = {
  account: (accountId: string) => ["contacts", accountId] as const,
  books: (accountId: string) => ["contacts", accountId, "books"] as const,
  cards: (accountId: string) => ["contacts", accountId, "cards"] as const,
  details: (accountId: string) => ["contacts", accountId, "card"] as const,
  card: (accountId: string, id: string) => ["contacts", accountId, "card", id] as const,
  searches: (accountId: string) => ["contacts", accountId, "search"] as const,
  search: (accountId: string, text: string) => ["contacts", accountId, "search", text] as const,
  photo: (accountId: string, blobId: string) => ["contacts", accountId, "photo", blobId] as const,
  meetings: (calendarAccountId: string, addresses: string[], today: string) =>
    ["contacts", calendarAccountId, "meetings", addresses, today] as const,
  mail: (mailAccountId: string, addresses: string[]) => ["contacts", mailAccountId, "mail", addresses] as const,
};
