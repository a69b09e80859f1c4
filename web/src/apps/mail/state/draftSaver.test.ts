import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { DraftSaver, type DraftStatus, type SavedDraft } from "./draftSaver";

interface Save {
  content: string;
  previousId: string | null;
  done(saved: Partial<SavedDraft>): void;
  fail(): void;
}

function setUp(draftId: string | null = null) {
  const saves: Save[] = [];
  const statuses: DraftStatus[] = [];
  const destroyed: string[] = [];
  const conflicts: boolean[] = [];
  const saver = new DraftSaver<string>({
    save: (content, previousId) =>
      new Promise((resolve, reject) => {
        saves.push({
          content,
          previousId,
          done: (saved) => resolve({ id: `d${saves.length}`, conflict: false, ...saved }),
          fail: () => reject(new Error("offline")),
        });
      }),
    destroy: async (id) => void destroyed.push(id),
    onStatus: (status) => statuses.push(status),
    onSaved: (saved) => conflicts.push(saved.conflict),
    delay: 1000,
    maxDelay: 5000,
    draftId,
  });
  return { saver, saves, statuses, destroyed, conflicts };
}

describe("the saver of drafts", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("waits for a pause in typing and saves the last words", async () => {
    const { saver, saves } = setUp();
    saver.changed("a");
    await vi.advanceTimersByTimeAsync(900);
    saver.changed("ab");
    await vi.advanceTimersByTimeAsync(900);
    expect(saves).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(200);
    expect(saves.map((s) => s.content)).toEqual(["ab"]);
  });

  it("does not wait longer than the limit when typing never pauses", async () => {
    const { saver, saves } = setUp();
    for (let i = 0; i < 60; i++) {
      saver.changed(`${i}`);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(saves.length).toBeGreaterThan(0);
  });

  it("never has two saves at once, and saves again what was typed during one", async () => {
    const { saver, saves, statuses } = setUp();
    saver.changed("a");
    await vi.advanceTimersByTimeAsync(1000);
    saver.changed("ab");
    saver.changed("abc");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(saves).toHaveLength(1);
    saves[0]?.done({ id: "d1" });
    await vi.advanceTimersByTimeAsync(1000);
    expect(saves.map((s) => [s.content, s.previousId])).toEqual([
      ["a", null],
      ["abc", "d1"],
    ]);
    saves[1]?.done({});
    await vi.advanceTimersByTimeAsync(0);
    expect(statuses.at(-1)).toBe("clean");
  });

  it("tries again after a failure, with the newest words", async () => {
    const { saver, saves, statuses } = setUp("d0");
    saver.changed("a");
    await vi.advanceTimersByTimeAsync(1000);
    saver.changed("b");
    saves[0]?.fail();
    await vi.advanceTimersByTimeAsync(0);
    expect(statuses.at(-1)).toBe("failed");
    await vi.advanceTimersByTimeAsync(2000);
    expect(saves[1]).toMatchObject({ content: "b", previousId: "d0" });
  });

  it("waits longer after each failure", async () => {
    const { saver, saves } = setUp();
    saver.changed("a");
    await vi.advanceTimersByTimeAsync(1000);
    saves[0]?.fail();
    await vi.advanceTimersByTimeAsync(2000);
    saves[1]?.fail();
    await vi.advanceTimersByTimeAsync(3900);
    expect(saves).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(200);
    expect(saves).toHaveLength(3);
  });

  it("flushes after the save under way and gives the final id", async () => {
    const { saver, saves } = setUp();
    saver.changed("a");
    await vi.advanceTimersByTimeAsync(1000);
    const flushed = saver.flush("ab");
    await vi.advanceTimersByTimeAsync(0);
    expect(saves).toHaveLength(1);
    saves[0]?.done({ id: "d1" });
    await vi.advanceTimersByTimeAsync(0);
    saves[1]?.done({ id: "d2" });
    await expect(flushed).resolves.toBe("d2");
  });

  it("says so when a flush cannot save", async () => {
    const { saver, saves } = setUp();
    const flushed = saver.flush("a");
    const refused = expect(flushed).rejects.toThrow("offline");
    await vi.advanceTimersByTimeAsync(0);
    saves[0]?.fail();
    await refused;
    await saver.close();
  });

  it("reports a draft that was changed elsewhere", async () => {
    const { saver, saves, conflicts } = setUp("d0");
    saver.changed("a");
    await vi.advanceTimersByTimeAsync(1000);
    saves[0]?.done({ conflict: true });
    await vi.advanceTimersByTimeAsync(0);
    expect(conflicts).toEqual([true]);
  });

  it("destroys the draft when discarded, also one whose first save was under way", async () => {
    const { saver, saves, destroyed } = setUp();
    saver.changed("a");
    await vi.advanceTimersByTimeAsync(1000);
    const discarded = saver.discard();
    saves[0]?.done({ id: "d1" });
    await discarded;
    expect(destroyed).toEqual(["d1"]);
    saver.changed("b");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(saves).toHaveLength(1);
  });
});
