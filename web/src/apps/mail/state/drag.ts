import type { Conversation } from "./conversationList";

/** The conversations being dragged: a drag event tells what it carries only when it is dropped. */
export interface Dragged {
  accountId: string;
  conversations: Conversation[];
}

export const dragType = "application/x-bastide-conversations";
let current: Dragged | null = null;

export function startDrag(dragged: Dragged): void {
  current = dragged;
}

export function endDrag(): void {
  current = null;
}

export function dragged(): Dragged | null {
  return current;
}
