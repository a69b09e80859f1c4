import type { ListCard } from "../api/cardGet";

/** The cards being dragged: a drag event tells what it carries only when it is dropped. */
export const dragType = "application/x-bastide-contacts";
let current: ListCard[] = [];

export function startDrag(cards: ListCard[]): void {
  current = cards;
}

export function endDrag(): void {
  current = [];
}

export function dragged(): ListCard[] {
  return current;
}
