import { call, JmapError, throwIfRefused } from "../../../lib/jmap";
import type { GetResponse, SetResponse } from "../../../lib/jmap/types";

/** Hours of a day of the week, on a clock of 24 hours. */
export interface BookingHours {
  day: (typeof weekDays)[number];
  from: string;
  to: string;
}

export const weekDays = ["mo", "tu", "we", "th", "fr", "sa", "su"] as const;

/** A page on which others book; lengths of time are minutes: docs/protocols/calendar.md. */
export interface BookingPage {
  id: string;
  url: string | null;
  title: string;
  description: string | null;
  location: string | null;
  isEnabled: boolean;
  duration: number;
  increment: number;
  before: number;
  after: number;
  notice: number;
  horizon: number;
  mostPerDay: number | null;
  timeZone: string;
  hours: BookingHours[];
  usesAvailability: boolean;
  calendarId: string | null;
  busyCalendars: { accountId: string; calendarId: string }[];
  questions: { label: string; isRequired: boolean; isLong: boolean }[];
}

export type BookingSettings = Omit<BookingPage, "id" | "url">;

/** Whether the server has booking pages for an account. */
export const bookingCapability = "urn:bastide:jmap:calendars";

/** Their key in the query cache. */
export const bookingKey = (accountId: string) => ["calendar", accountId, "bookingPages"] as const;

/** Every page of the account. */
export async function bookingPages(accountId: string): Promise<BookingPage[]> {
  return (await call<GetResponse<BookingPage>>("BookingPage/get", { accountId, ids: null })).list;
}

/** Makes a page and gives its id and link. */
export async function createBookingPage(
  accountId: string,
  page: BookingSettings,
): Promise<{ id: string; url: string | null }> {
  const response = await call<SetResponse<{ id: string; url: string | null }>>("BookingPage/set", {
    accountId,
    create: { new: page },
  });
  throwIfRefused(response, "new");
  const made = response.created?.["new"];
  if (!made) throw new JmapError("serverFail");
  return { id: made.id, url: made.url ?? null };
}

/** Changes what is named of a page. */
export async function updateBookingPage(accountId: string, id: string, patch: Partial<BookingSettings>): Promise<void> {
  throwIfRefused(await call<SetResponse<unknown>>("BookingPage/set", { accountId, update: { [id]: patch } }), id);
}

/** Removes a page; what was booked stays. */
export async function destroyBookingPage(accountId: string, id: string): Promise<void> {
  throwIfRefused(await call<SetResponse<unknown>>("BookingPage/set", { accountId, destroy: [id] }), id);
}
