import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { prefer } from "./preferences";
import { keyCaps, registerShortcuts, startShortcuts } from "./shortcuts";

let undo: (() => void)[];
let time = 0;

beforeEach(() => {
  document.body.innerHTML = "";
  prefer({ singleKeys: true });
  undo = [startShortcuts()];
  time += 10_000;
});

afterEach(() => {
  for (const each of undo) each();
});

function on(keys: string, more: object = {}): ReturnType<typeof vi.fn> {
  const run = vi.fn();
  undo.push(registerShortcuts("shell:shortcuts.everywhere", [{ keys, labelId: "x", run, ...more }]));
  return run;
}

function press(key: string, init: KeyboardEventInit = {}, target: Element = document.body): void {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...init });
  Object.defineProperty(event, "timeStamp", { value: time });
  target.dispatchEvent(event);
}

function field(html: string): Element {
  document.body.innerHTML = html;
  return document.body.firstElementChild as Element;
}

describe("keys", () => {
  it("run what they stand for", () => {
    const archive = on("e");
    press("e");
    press("E", { shiftKey: true });
    press("e", { ctrlKey: true });
    expect(archive).toHaveBeenCalledTimes(1);
  });

  it("take a sign however the keyboard writes it", () => {
    const map = on("?");
    press("?", { shiftKey: true });
    press("?");
    expect(map).toHaveBeenCalledTimes(2);
  });

  it("may follow one another, within a moment", () => {
    const inbox = on("g i");
    const reply = on("i");
    press("g");
    press("i");
    expect(inbox).toHaveBeenCalledTimes(1);
    expect(reply).not.toHaveBeenCalled();
    press("g");
    time += 2_000;
    press("i");
    expect(inbox).toHaveBeenCalledTimes(1);
    expect(reply).toHaveBeenCalledTimes(1);
  });

  it("leave those who type alone, except with Ctrl", () => {
    const archive = on("e");
    const palette = on("mod+k");
    press("e", {}, field("<input>"));
    press("e", {}, field("<textarea></textarea>"));
    press("k", { ctrlKey: true }, field("<input>"));
    expect(archive).not.toHaveBeenCalled();
    expect(palette).toHaveBeenCalledTimes(1);
    press("e", {}, field('<input type="checkbox">'));
    expect(archive).toHaveBeenCalledTimes(1);
  });

  it("rest while a dialog is open", () => {
    const archive = on("e");
    const close = on("Escape", { inDialogs: true });
    field('<div aria-modal="true"></div>');
    press("e");
    press("Escape");
    expect(archive).not.toHaveBeenCalled();
    expect(close).toHaveBeenCalledTimes(1);
  });

  it("that close a dialog do nothing in the page behind it", () => {
    const leave = on("Escape");
    const dialog = field('<div aria-modal="true"></div>');
    const close = () => dialog.remove();
    window.addEventListener("keydown", close, { capture: true, once: true });
    press("Escape");
    expect(leave).not.toHaveBeenCalled();
    press("Escape");
    expect(leave).toHaveBeenCalledTimes(1);
  });

  it("of the newest scope go first", () => {
    const before = on("j");
    const after = on("j");
    press("j");
    expect(before).not.toHaveBeenCalled();
    expect(after).toHaveBeenCalledTimes(1);
  });

  it("that are single can be switched off", () => {
    const archive = on("e");
    const unread = on("shift+u");
    const palette = on("mod+k");
    const up = on("ArrowUp");
    prefer({ singleKeys: false });
    press("e");
    press("U", { shiftKey: true });
    press("k", { metaKey: true });
    press("ArrowUp");
    expect(archive).not.toHaveBeenCalled();
    expect(unread).not.toHaveBeenCalled();
    expect(palette).toHaveBeenCalledTimes(1);
    expect(up).toHaveBeenCalledTimes(1);
  });

  it("are written as on the keyboard", () => {
    expect(keyCaps("mod+k")).toEqual([["Ctrl", "K"]]);
    expect(keyCaps("g i")).toEqual([["G"], ["I"]]);
    expect(keyCaps("+")).toEqual([["+"]]);
  });
});
