import { navigateTo } from "../../../shell";
import type { ListCard } from "../api/cardGet";
import { displayName, first } from "./names";

/** Begins a message to people in the mail app, which is told by its address. RFC 6068. */
export function writeTo(addresses: string[]): void {
  if (addresses.length === 0) return;
  const mailto = `mailto:${addresses.map((address) => encodeURIComponent(address)).join(",")}`;
  navigateTo(`/mail/inbox?compose=${encodeURIComponent(mailto)}`);
}

/** How mail to the people is addressed: the address they prefer, and their name. */
export function addressesOf(cards: ListCard[]): string[] {
  return cards.flatMap((card) => {
    const address = first(card.emails)?.address;
    if (!address) return [];
    const name = displayName(card).replace(/["\\]/g, "");
    return [name && name !== address ? `"${name}" <${address}>` : address];
  });
}
