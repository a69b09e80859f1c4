import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { persistently } from "./persistently";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it("waits for the network and then loads", async () => {
  let isUp = false;
  vi.stubGlobal("fetch", async () => {
    if (!isUp) throw new TypeError("Failed to fetch");
    return new Response();
  });
  const load = vi.fn(async () => {
    if (!isUp) throw new TypeError("Failed to fetch dynamically imported module");
    return "the editor";
  });
  const loaded = persistently(load);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(load.mock.calls.length).toBeGreaterThan(1);
  isUp = true;
  dispatchEvent(new Event("online"));
  await vi.advanceTimersByTimeAsync(3_000);
  expect(await loaded).toBe("the editor");
});

it("says so when the server answers and has no such part", async () => {
  vi.stubGlobal("fetch", async () => new Response("", { status: 404 }));
  const load = vi.fn(async () => {
    throw new TypeError("Failed to fetch dynamically imported module");
  });
  await expect(persistently(load)).rejects.toThrow("dynamically imported");
  expect(load).toHaveBeenCalledTimes(2);
});

it("asks again for a style sheet that did not come", async () => {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = "/assets/editor.css";
  document.head.append(link);
  vi.stubGlobal("fetch", async () => new Response());
  let tries = 0;
  await persistently(async () => {
    if (++tries === 1) throw new Error("Unable to preload CSS");
  });
  expect(document.head.contains(link)).toBe(false);
  expect(document.querySelectorAll('link[href="/assets/editor.css"]')).toHaveLength(1);
});
