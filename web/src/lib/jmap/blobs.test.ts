import { beforeEach, describe, expect, it, vi } from "vitest";
import { downloadUrl, upload } from "./blobs";
import type { JmapSession } from "./types";

const state = vi.hoisted(() => ({ token: "old" }));

vi.mock("../oidc", () => ({
  accessToken: async (refused?: string) => {
    if (refused === state.token) state.token = "new";
    return state.token;
  },
  authFetch: async () => Response.json({ uploadUrl: "/jmap/upload/{accountId}/", state: "s" }),
  onSessionChange: () => () => undefined,
  sessionState: () => ({ status: "signedIn", subject: "a1" }),
  SignedOutError: class extends Error {},
}));

/** As much of XMLHttpRequest as sending a file takes. */
class FakeRequest {
  static sent: { url: string; token: string; type: string }[] = [];
  static answer: (token: string) => { status: number; body: string } | "error" | "hang";
  upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {};
  onload?: () => void;
  onerror?: () => void;
  onabort?: () => void;
  status = 0;
  responseText = "";
  private url = "";
  private headers: Record<string, string> = {};

  open(_: string, url: string) {
    this.url = url;
  }

  setRequestHeader(name: string, value: string) {
    this.headers[name] = value;
  }

  abort() {
    this.onabort?.();
  }

  send(blob: Blob) {
    const token = this.headers.Authorization?.replace("Bearer ", "") ?? "";
    FakeRequest.sent.push({ url: this.url, token, type: this.headers["Content-Type"] ?? "" });
    const answer = FakeRequest.answer(token);
    if (answer === "hang") return;
    queueMicrotask(() => {
      if (answer === "error") {
        this.onerror?.();
        return;
      }
      this.upload.onprogress?.({ loaded: blob.size / 2, total: blob.size });
      this.upload.onprogress?.({ loaded: blob.size, total: blob.size });
      this.status = answer.status;
      this.responseText = answer.body;
      this.onload?.();
    });
  }
}

const done = { status: 201, body: JSON.stringify({ accountId: "a1", blobId: "b1", type: "text/plain", size: 4 }) };

beforeEach(() => {
  state.token = "old";
  FakeRequest.sent = [];
  FakeRequest.answer = () => done;
  vi.stubGlobal("XMLHttpRequest", FakeRequest);
});

describe("an upload", () => {
  it("tells how far it has got, and gives the blob", async () => {
    const steps: number[][] = [];
    const blob = new Blob(["text"], { type: "text/plain" });
    const answer = await upload("a/1", blob, (sent, total) => steps.push([sent, total]));
    expect(answer.blobId).toBe("b1");
    expect(steps).toEqual([
      [2, 4],
      [4, 4],
    ]);
    expect(FakeRequest.sent).toEqual([{ url: "/jmap/upload/a%2F1/", token: "old", type: "text/plain" }]);
  });

  it("renews a refused token once and sends again", async () => {
    FakeRequest.answer = (token) => (token === "new" ? done : { status: 401, body: "" });
    await upload("a1", new Blob(["text"]));
    expect(FakeRequest.sent.map(({ token }) => token)).toEqual(["old", "new"]);
  });

  it("throws the problem the server names", async () => {
    const problem = { type: "urn:ietf:params:jmap:error:limit", limit: "maxSizeUpload", detail: "Too large." };
    FakeRequest.answer = () => ({ status: 413, body: JSON.stringify(problem) });
    await expect(upload("a1", new Blob(["text"]))).rejects.toMatchObject({ type: "limit", limit: "maxSizeUpload" });
  });

  it("says that the network is gone", async () => {
    FakeRequest.answer = () => "error";
    await expect(upload("a1", new Blob(["text"]))).rejects.toMatchObject({ type: "networkError" });
  });

  it("is given up when told to", async () => {
    FakeRequest.answer = () => "hang";
    const ending = new AbortController();
    const uploading = upload("a1", new Blob(["text"]), undefined, ending.signal);
    const outcome = expect(uploading).rejects.toMatchObject({ name: "AbortError" });
    await vi.waitFor(() => expect(FakeRequest.sent).toHaveLength(1));
    ending.abort();
    await outcome;
  });
});

it("fills the template of a download", () => {
  const session = { downloadUrl: "/jmap/download/{accountId}/{blobId}/{name}?accept={type}" } as JmapSession;
  expect(downloadUrl(session, "a1", "b1", "image/png", "été & co/1.png")).toBe(
    "/jmap/download/a1/b1/%C3%A9t%C3%A9%20%26%20co%2F1.png?accept=image%2Fpng",
  );
});
