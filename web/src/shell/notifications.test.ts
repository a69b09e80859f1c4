import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { tokensKey } from "../lib/oidc/tokens";

/** Desktop notifications, of a page that is looked at or not. */
const shown: { title: string; options: NotificationOptions; onclick?: () => void }[] = [];

class FakeNotification {
  static permission: NotificationPermission = "granted";
  static requestPermission = async () => FakeNotification.permission;
  onclick?: () => void;
  close = vi.fn();

  constructor(title: string, options: NotificationOptions) {
    shown.push(Object.assign(this, { title, options }));
  }
}

let module: typeof import("./notifications");

beforeEach(async () => {
  shown.length = 0;
  localStorage.clear();
  localStorage.setItem(
    tokensKey,
    JSON.stringify({ subject: "a1", accessToken: "t", expiresAt: Date.now() + 3_600_000 }),
  );
  vi.stubGlobal("Notification", FakeNotification);
  FakeNotification.permission = "granted";
  vi.resetModules();
  module = await import("./notifications");
});

afterEach(() => vi.restoreAllMocks());

function lookElsewhere(): void {
  vi.spyOn(document, "hidden", "get").mockReturnValue(true);
}

describe("news", () => {
  it("are in the centre, the newest first, one for each thing", () => {
    const { result } = renderHook(() => module.useNotifications());
    act(() => {
      module.notify({ tag: "e1", title: "Bob" });
      module.notify({ tag: "e2", title: "Chloé" });
      module.notify({ tag: "e1", title: "Bob again" });
    });
    expect(result.current.items.map((item) => item.title)).toEqual(["Bob again", "Chloé"]);
    expect(result.current.unread).toBe(2);
    act(() => result.current.markRead("e2"));
    expect(result.current.unread).toBe(1);
    act(() => result.current.clear());
    expect(result.current.items).toEqual([]);
  });

  it("appear on the desktop when the person looks elsewhere", async () => {
    module.notify({ tag: "e1", title: "Seen anyway" });
    lookElsewhere();
    module.notify({ tag: "e2", title: "Bob", body: "Lunch?", url: "/mail" });
    await vi.waitFor(() => expect(shown.map(({ title }) => title)).toEqual(["Bob"]));
    expect(shown[0]?.options).toMatchObject({ tag: "e2", body: "Lunch?" });
  });

  it("stay off the desktop when it was not allowed, or is no longer wanted", async () => {
    lookElsewhere();
    (await import("./preferences")).prefer({ desktopNotifications: false });
    module.notify({ tag: "e1", title: "Bob" });
    FakeNotification.permission = "denied";
    vi.resetModules();
    (await import("./notifications")).notify({ tag: "e2", title: "Bob" });
    await Promise.resolve();
    expect(shown).toEqual([]);
  });

  it("are of the person who is signed in", async () => {
    module.notify({ tag: "e1", title: "Bob" });
    localStorage.setItem(
      tokensKey,
      JSON.stringify({ subject: "a2", accessToken: "t", expiresAt: Date.now() + 3_600_000 }),
    );
    vi.resetModules();
    const oidc = await import("../lib/oidc");
    const fresh = await import("./notifications");
    const stop = oidc.startSession();
    fresh.startNotifications();
    const { result } = renderHook(() => fresh.useNotifications());
    expect(result.current.items).toEqual([]);
    stop();
  });
});
