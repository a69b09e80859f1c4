/** What the public side of booking pages answers: docs/protocols/calendar.md. No session, no cookie. */

export interface Offer {
  title: string;
  description: string | null;
  location: string | null;
  duration: number;
  host: string;
  timeZone: string;
  first: string;
  lastDay: string;
  questions: { label: string; isRequired: boolean; isLong: boolean }[];
}

export interface Booking {
  page: Offer;
  isOpen: boolean;
  name: string;
  timeZone: string;
  start: string | null;
  end: string | null;
}

export interface Wish {
  start: string;
  name: string;
  address: string;
  answers: string[];
  timeZone: string;
  language: string;
  website: string;
}

/** A refusal, by its name; `offline` where nothing answered. */
export class Refused extends Error {
  readonly reason: string;

  constructor(reason: string, description = "") {
    super(description);
    this.name = "Refused";
    this.reason = reason;
  }
}

async function ask<T>(path: string, body?: object): Promise<T> {
  let response: Response;
  try {
    response = await fetch(`/book/api/${path}`, {
      credentials: "omit",
      cache: "no-store",
      ...(body && {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
      }),
    });
  } catch {
    throw new Refused("offline");
  }
  const answer = (await response.json().catch(() => ({ error: "unavailable" }))) as T & {
    error?: string;
    description?: string;
  };
  if (!response.ok) throw new Refused(answer.error ?? "unavailable", answer.description);
  return answer;
}

export const offerOf = (token: string) => ask<Offer>(`pages/${encodeURIComponent(token)}`);

export const bookingOf = (secret: string) => ask<Booking>(`bookings/${encodeURIComponent(secret)}`);

/** Moments that may be booked, in order, between two. `place` is `pages/TOKEN`, or `bookings/SECRET` for what is to be moved. */
export async function slotsOf(place: string, from: number, to: number): Promise<number[]> {
  const between = `from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}`;
  return (await ask<{ slots: string[] }>(`${place}/slots?${between}`)).slots.map((slot) => Date.parse(slot));
}

export const book = (token: string, wish: Wish) =>
  ask<{ secret?: string }>(`pages/${encodeURIComponent(token)}/bookings`, wish);

export const move = (secret: string, start: string, timeZone: string) =>
  ask<object>(`bookings/${encodeURIComponent(secret)}/move`, { start, timeZone });

export const cancel = (secret: string) => ask<object>(`bookings/${encodeURIComponent(secret)}/cancel`, {});

export const fileOf = (secret: string) => `/book/api/bookings/${encodeURIComponent(secret)}/event.ics`;
