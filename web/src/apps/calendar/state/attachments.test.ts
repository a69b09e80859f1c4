import { describe, expect, it } from "vitest";
import type { JSEvent } from "../../../lib/jmap/calendars";
import { attachedTo, linkOf } from "./attachments";

const event = (links: JSEvent["links"]): JSEvent => ({ start: "2026-03-03T10:00:00", links });

describe("attachedTo", () => {
  it("names files by their title, or by their address", () => {
    const attached = attachedTo(
      event({
        a: { "@type": "Link", rel: "enclosure", title: "Plan.pdf", size: 12, href: "https://x.example/s/t/Plan.pdf" },
        b: { "@type": "Link", rel: "enclosure", href: "https://x.example/d/%C3%A9t%C3%A9.txt" },
        c: { "@type": "Link", rel: "describedby", href: "https://x.example/" },
        d: { "@type": "Link", rel: "enclosure", href: "https://x.example/100%" },
      }),
    );
    expect(attached.map(({ name, size }) => [name, size])).toEqual([
      ["Plan.pdf", 12],
      ["été.txt", null],
      ["100%", null],
    ]);
  });

  it("follows no address that would run something here", () => {
    const [attached] = attachedTo(event({ a: { "@type": "Link", rel: "enclosure", href: "javascript:alert(1)" } }));
    expect(attached?.href).toBeNull();
  });

  it("bears an address that is none", () => {
    const [attached] = attachedTo(event({ a: { "@type": "Link", rel: "enclosure", href: "https://[" } }));
    expect(attached?.name).toBe("a");
  });

  it("shows a file that was sent and not saved yet", () => {
    const link = linkOf({ name: "a.txt", type: "", size: 3 }, "b1");
    expect(link).toEqual({ "@type": "Link", blobId: "b1", rel: "enclosure", title: "a.txt", size: 3 });
    expect(attachedTo(event({ x: link }))).toEqual([{ key: "x", name: "a.txt", size: 3, href: null }]);
  });
});
