import { act, cleanup, render, screen } from "@testing-library/react";
import { Component, type ReactNode, Suspense } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

vi.mock("../oidc", () => ({
  authFetch: (input: string, init?: RequestInit) => fetch(input, init),
  onSessionChange: () => () => undefined,
  sessionState: () => ({ status: "signedIn", subject: "a1" }),
  SignedOutError: class extends Error {},
}));

class Boundary extends Component<{ children: ReactNode }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    return this.state.error ? <p>refused: {this.state.error.message}</p> : this.props.children;
  }
}

let useJmapSession: typeof import("./session").useJmapSession;

function Person() {
  return <p>{useJmapSession().username}</p>;
}

beforeEach(async () => {
  vi.useFakeTimers();
  vi.resetModules();
  useJmapSession = (await import("./session")).useJmapSession;
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function show(answer: () => Response): Promise<ReturnType<typeof vi.fn>> {
  const fetched = vi.fn(async () => answer());
  vi.stubGlobal("fetch", fetched);
  await act(async () => {
    render(
      <Boundary>
        <Suspense fallback={<p>waiting</p>}>
          <Person />
        </Suspense>
      </Boundary>,
    );
  });
  return fetched;
}

const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

describe("the session, in a component", () => {
  it("waits, patiently, while the server cannot be reached", async () => {
    let isUp = false;
    const fetched = await show(() => {
      if (!isUp) throw new TypeError("Failed to fetch");
      return Response.json({ username: "alice@example.org", state: "1" });
    });
    await pass(10_000);
    expect(screen.getByText("waiting")).toBeTruthy();
    expect(fetched.mock.calls.length).toBeLessThan(8);
    isUp = true;
    await pass(30_000);
    expect(screen.getByText("alice@example.org")).toBeTruthy();
  });

  it("throws what the server refuses", async () => {
    vi.spyOn(console, "error").mockReturnValue();
    await show(() => Response.json({ detail: "No mail for you." }, { status: 403 }));
    await pass(0);
    expect(screen.getByText("refused: No mail for you.")).toBeTruthy();
  });
});
