import { MantineProvider } from "@mantine/core";
import { cleanup, configure, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { setLanguage, startI18n } from "../i18n";
import { registerCommands, registerSearchProvider, type SearchResult } from "./commands";
import Palette from "./Palette";

/** What Mantine asks of a browser and jsdom has not. */
function standIns(): void {
  vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener: vi.fn(), removeEventListener: vi.fn() }));
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
  Element.prototype.scrollIntoView = vi.fn();
}

function TypedIn() {
  const [query, setQuery] = useState("");
  return <Palette query={query} onQuery={setQuery} onClose={onClose} />;
}

const settings = vi.fn();
const signOut = vi.fn();
const onClose = vi.fn();
let undo: (() => void)[];

configure({ asyncUtilTimeout: 10_000 });
beforeAll(startI18n);

beforeEach(async () => {
  standIns();
  await setLanguage("en");
  undo = [
    registerCommands([
      { id: "settings", labelId: "shell:settings.title", run: settings },
      { id: "signOut", labelId: "shell:account.signOut", run: signOut },
    ]),
  ];
});

afterEach(() => {
  cleanup();
  for (const each of undo) each();
  vi.clearAllMocks();
});

function open(): void {
  render(
    <MantineProvider env="test">
      <TypedIn />
    </MantineProvider>,
  );
}

const options = () => screen.queryAllByRole("option").map((option) => option.textContent);

describe("the palette", () => {
  it("offers every command, and those whose words match", async () => {
    open();
    expect(options()).toEqual(["Settings", "Sign out"]);
    await userEvent.type(screen.getByRole("combobox"), "SÍG");
    expect(options()).toEqual(["Sign out"]);
  });

  it("is worked by the keyboard alone", async () => {
    open();
    await userEvent.type(screen.getByRole("combobox"), "{ArrowDown}{Enter}");
    expect(signOut).toHaveBeenCalledTimes(1);
    expect(onClose).toHaveBeenCalledTimes(1);
    expect(settings).not.toHaveBeenCalled();
  });

  it("speaks the person's language", async () => {
    await setLanguage("fr");
    open();
    expect(options()).toEqual(["Réglages", "Se déconnecter"]);
  });

  it("shows what each app finds, and goes there", async () => {
    const go = vi.fn();
    const search = vi.fn(
      async (query: string): Promise<SearchResult[]> => [{ id: "1", title: `About ${query}`, run: go }],
    );
    undo.push(registerSearchProvider({ id: "mail", labelId: "shell:apps.mail", search }));
    open();
    await userEvent.type(screen.getByRole("combobox"), "plans");
    await waitFor(() => expect(options()).toEqual(["About plans"]));
    await userEvent.keyboard("{Enter}");
    expect(go).toHaveBeenCalledTimes(1);
  });

  it("shows what the others find when one app fails", async () => {
    const broken = async () => {
      throw new Error("no");
    };
    const search = async (): Promise<SearchResult[]> => [{ id: "1", title: "Found", run: vi.fn() }];
    undo.push(registerSearchProvider({ id: "a", labelId: "shell:apps.mail", search: broken }));
    undo.push(registerSearchProvider({ id: "b", labelId: "shell:apps.mail", search }));
    open();
    await userEvent.type(screen.getByRole("combobox"), "x");
    await waitFor(() => expect(options()).toEqual(["Found"]));
  });

  it("gives up a search that the person has typed past", async () => {
    const signals: AbortSignal[] = [];
    const search = async (query: string, signal: AbortSignal): Promise<SearchResult[]> => {
      signals.push(signal);
      if (query === "a") await new Promise((resolve) => signal.addEventListener("abort", resolve));
      return [{ id: query, title: `Found ${query}`, run: vi.fn() }];
    };
    undo.push(registerSearchProvider({ id: "mail", labelId: "shell:apps.mail", search }));
    open();
    await userEvent.type(screen.getByRole("combobox"), "a");
    await waitFor(() => expect(signals).toHaveLength(1));
    await userEvent.type(screen.getByRole("combobox"), "b");
    await waitFor(() => expect(options()).toEqual(["Found ab"]));
    expect(signals[0]?.aborted).toBe(true);
  });

  it("says so when nothing is found", async () => {
    open();
    await userEvent.type(screen.getByRole("combobox"), "zzz");
    expect(screen.getByText("Nothing found. Try other words.")).toBeTruthy();
  });
});
