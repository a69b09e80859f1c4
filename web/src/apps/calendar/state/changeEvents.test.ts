import { QueryClient } from "@tanstack/react-query";
import { renderHook } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { ListEvent } from "../../../lib/calendar/eventGet";
import { JmapError } from "../../../lib/jmap";
import { changeEvents } from "./changeEvents";
import { planCreate } from "./series";
import { useShadows } from "./shadows";

const event = { "@type": "Event", uid: "u1", title: "Lost", start: "2026-12-01T17:00:00", calendarIds: { c1: true } };

describe("a change that nobody answers", () => {
  it("is taken back on screen at once, without waiting for the server to be there again", async () => {
    const client = new QueryClient();
    const ask = vi.spyOn(client, "invalidateQueries").mockReturnValue(new Promise(() => undefined));
    const shown = { ...event, id: "+u1" } as unknown as ListEvent;
    const send = vi.fn().mockRejectedValue(new JmapError("networkError"));
    await expect(changeEvents(client, "a1", planCreate(event as never), { added: [shown] }, send)).rejects.toThrow(
      "networkError",
    );
    expect(ask).not.toHaveBeenCalled();
    expect(renderHook(useShadows).result.current).toEqual([]);
  });
});
