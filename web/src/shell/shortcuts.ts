import { useEffect, useRef } from "react";
import { preferences } from "./preferences";
import { store } from "./store";

/**
 * Keys. `mod+k` is Ctrl, or ⌘ on Apple's; `g i` is one after the other; a letter or sign is what is typed, whatever the
 * layout of the keyboard. Those without `mod` can be switched off (WCAG 2.2, 2.1.4) and do nothing while one types.
 */
export interface Shortcut {
  keys: string;
  labelId: string;
  run: (event: KeyboardEvent) => void;
  whileTyping?: boolean;
  inDialogs?: boolean;
}

export interface ShortcutScope {
  /** Of the text that heads the scope in the map of the keyboard. */
  labelId: string;
  shortcuts: readonly Shortcut[];
}

export const shortcutScopes = store<readonly ShortcutScope[]>([]);

/** How long the second key of a sequence may take. */
const sequenceTime = 1_200;
let typed = "";
let typedAt = 0;

/** The newest scope goes first. Gives the function that takes it away again. */
export function registerShortcuts(scopeLabelId: string, shortcuts: readonly Shortcut[]): () => void {
  const scope = { labelId: scopeLabelId, shortcuts };
  shortcutScopes.set([scope, ...shortcutScopes.get()]);
  return () => shortcutScopes.set(shortcutScopes.get().filter((other) => other !== scope));
}

/** {@link registerShortcuts} while the component is shown; what runs is always of the newest render. */
export function useShortcuts(scopeLabelId: string, shortcuts: readonly Shortcut[]): void {
  const newest = useRef(shortcuts);
  newest.current = shortcuts;
  const shape = shortcuts.map(({ keys, labelId, whileTyping, inDialogs }) => ({
    keys,
    labelId,
    whileTyping,
    inDialogs,
  }));
  const key = JSON.stringify(shape);
  useEffect(() => {
    const stable = (JSON.parse(key) as typeof shape).map((shortcut, at) => ({
      ...shortcut,
      run: (event: KeyboardEvent) => newest.current[at]?.run(event),
    }));
    return registerShortcuts(scopeLabelId, stable);
  }, [scopeLabelId, key]);
}

/** Listens on the document; called once, at the start, before any dialog can listen. */
export function startShortcuts(): () => void {
  window.addEventListener("keydown", lookForDialog, { capture: true });
  document.addEventListener("keydown", onKeyDown);
  return () => {
    window.removeEventListener("keydown", lookForDialog, { capture: true });
    document.removeEventListener("keydown", onKeyDown);
  };
}

let isDialogOpen = false;

/** Before anybody hears the key: Escape closes a dialog, and must not then do what it does in the page behind. */
function lookForDialog(): void {
  isDialogOpen = document.querySelector('[aria-modal="true"]') !== null;
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || isModifier(event.key)) return;
  const key = nameOf(event);
  const sequence = event.timeStamp - typedAt < sequenceTime && typed ? `${typed} ${key}` : "";
  const all = shortcutScopes.get().flatMap((scope) => scope.shortcuts);
  const may = (shortcut: Shortcut) => allowed(shortcut, event);
  const found =
    (sequence && all.find((shortcut) => normal(shortcut.keys) === sequence && may(shortcut))) ||
    all.find((shortcut) => normal(shortcut.keys) === key && may(shortcut));
  const begins = !found && all.some((shortcut) => normal(shortcut.keys).startsWith(`${key} `) && may(shortcut));
  typed = begins ? key : "";
  typedAt = event.timeStamp;
  if (!found) return;
  event.preventDefault();
  found.run(event);
}

function allowed(shortcut: Shortcut, event: KeyboardEvent): boolean {
  const withMod = shortcut.keys.includes("mod+");
  if (isCharacter(shortcut.keys) && !preferences.get().singleKeys) return false;
  if (!shortcut.whileTyping && !withMod && isTyping(event.target)) return false;
  return Boolean(shortcut.inDialogs) || !isDialogOpen;
}

/** Whether it begins with a letter or sign alone, or with Shift: what dictating to the machine may set off. */
function isCharacter(keys: string): boolean {
  const step = keys.split(" ")[0] ?? "";
  return !/(mod|alt)\+/.test(step) && step.replace("shift+", "").length === 1;
}

function nameOf(event: KeyboardEvent): string {
  const mod = event.ctrlKey || event.metaKey ? "mod+" : "";
  const alt = event.altKey && !event.getModifierState?.("AltGraph") ? "alt+" : "";
  const isLetter = event.key.length === 1 && event.key.toLowerCase() !== event.key.toUpperCase();
  // With a sign, such as `?`, Shift is only how this keyboard writes it.
  const shift = event.shiftKey && (isLetter || event.key.length > 1) ? "shift+" : "";
  return `${mod}${alt}${shift}${isLetter || event.key.length > 1 ? event.key.toLowerCase() : event.key}`;
}

function normal(keys: string): string {
  return keys.toLowerCase();
}

function isModifier(key: string): boolean {
  return key === "Shift" || key === "Control" || key === "Alt" || key === "Meta" || key === "AltGraph";
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.tagName === "TEXTAREA" || target.tagName === "SELECT") return true;
  const plain = ["checkbox", "radio", "button", "submit", "range", "color", "file"];
  return target instanceof HTMLInputElement && !plain.includes(target.type);
}

/** For people: `Ctrl+K`, `⌘K`, `G then I` as separate keys. */
export function keyCaps(keys: string): string[][] {
  const apple = /Mac|iPhone|iPad/.test(navigator.userAgent);
  const names: Record<string, string> = {
    mod: apple ? "⌘" : "Ctrl",
    shift: "⇧",
    alt: apple ? "⌥" : "Alt",
    arrowdown: "↓",
    arrowup: "↑",
    arrowleft: "←",
    arrowright: "→",
    enter: "↵",
    escape: "Esc",
    delete: apple ? "⌦" : "Del",
    backspace: "⌫",
  };
  return keys
    .split(" ")
    .map((step) =>
      step.split(/\+(?=.)/).map((part) => names[part.toLowerCase()] ?? (part.length === 1 ? part.toUpperCase() : part)),
    );
}
