import type { EmailAddress } from "../../../lib/jmap/types";
import { isAddress, sameAddress } from "./addresses";

export interface Correspondent extends EmailAddress {
  score: number;
}

type Heads = {
  from: EmailAddress[] | null;
  to: EmailAddress[] | null;
  cc: EmailAddress[] | null;
  receivedAt: string;
}[];

const noReply = /^(?:no-?reply|do-?not-?reply|bounce|mailer-daemon|postmaster|notifications?)\b/i;
const halfLife = 60 * 24 * 3600 * 1000;

/** People ranked by how often and how lately they were written to or wrote; being written to counts most. */
export function rankCorrespondents(sent: Heads, received: Heads, own: string[], now: number): Correspondent[] {
  const people = new Map<string, Correspondent>();
  const add = (address: EmailAddress, weight: number, date: string) => {
    const key = address.email.toLowerCase();
    if (!isAddress(address.email) || own.some((mine) => sameAddress(mine, key))) return;
    const age = Math.max(0, now - Date.parse(date)) || 0;
    const score = weight * 2 ** (-age / halfLife);
    const known = people.get(key);
    if (known) {
      known.score += score;
      known.name ??= address.name;
    } else people.set(key, { name: address.name, email: address.email, score });
  };
  for (const { to, cc, receivedAt } of sent)
    for (const address of [...(to ?? []), ...(cc ?? [])]) add(address, 5, receivedAt);
  for (const { from, receivedAt } of received)
    for (const address of from ?? []) if (!noReply.test(address.email)) add(address, 1, receivedAt);
  return [...people.values()].toSorted((a, b) => b.score - a.score);
}

/** Those whose name or address has a word that begins as typed, best first. Accents do not matter. */
export function matchCorrespondents(people: Correspondent[], typed: string, limit: number): Correspondent[] {
  return typed.trim() === "" ? [] : people.filter(({ name, email }) => fits(typed, name, email)).slice(0, limit);
}

/** Whether every word typed begins one of the name or the address. */
export function fits(typed: string, name: string | null, email: string): boolean {
  const words = plain(`${name ?? ""} ${email}`).split(/[\s@._,"'()-]+/);
  const wanted = plain(typed).split(/\s+/).filter(Boolean);
  return wanted.every((part) => plain(email).startsWith(part) || words.some((word) => word.startsWith(part)));
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
