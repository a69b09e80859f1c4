import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import type { Mailbox } from "../../../lib/jmap/types";
import { undoLast } from "../../../lib/lastUndo";
import { registerCommands, useShortcuts } from "../../../shell";
import { searchBoxId } from "../components/search/SearchBox";
import type { Move } from "./location";
import type { MailCommands } from "./MailCommands";
import type { Mailboxes } from "./mailboxes";

interface Keys {
  commands: MailCommands;
  mailboxes: Mailboxes;
  mailbox: Mailbox | undefined;
  go(move: Move): void;
  openCursor(): void;
  toggleCursor(): void;
  selectAll(): void;
}

/** The keys of the list. Those of the open message are in the reading pane. */
export function useMailShortcuts({ commands, mailbox, go, openCursor, toggleCursor, selectAll }: Keys): void {
  const navigate = useNavigate();
  const to = (role: string) => () => go({ mailbox: role, threadId: null, search: null });
  useShortcuts("mail:keys.scope", [
    { keys: "j", labelId: "mail:keys.next", run: commands.next },
    { keys: "k", labelId: "mail:keys.previous", run: commands.previous },
    { keys: "o", labelId: "mail:keys.open", run: openCursor },
    { keys: "Escape", labelId: "mail:keys.close", run: commands.close },
    { keys: "x", labelId: "mail:keys.select", run: toggleCursor },
    { keys: "* a", labelId: "mail:keys.selectAll", run: selectAll },
    { keys: "e", labelId: "mail:keys.archive", run: commands.archive },
    { keys: "#", labelId: "mail:keys.delete", run: commands.remove },
    { keys: "Delete", labelId: "mail:keys.delete", run: commands.remove },
    { keys: "!", labelId: "mail:keys.junk", run: () => commands.junk(mailbox?.role !== "junk") },
    { keys: "s", labelId: "mail:keys.flag", run: commands.toggleFlag },
    { keys: "u", labelId: "mail:keys.unread", run: () => commands.setSeen(false) },
    { keys: "shift+u", labelId: "mail:keys.read", run: () => commands.setSeen(true) },
    { keys: "v", labelId: "mail:keys.move", run: commands.move },
    { keys: "z", labelId: "mail:keys.undo", run: undoLast },
    { keys: "c", labelId: "mail:keys.compose", run: () => commands.compose() },
    { keys: "/", labelId: "mail:keys.search", run: focusSearch },
    { keys: "g i", labelId: "mail:keys.inbox", run: to("inbox") },
    { keys: "g d", labelId: "mail:keys.drafts", run: to("drafts") },
    { keys: "g t", labelId: "mail:keys.sent", run: to("sent") },
    { keys: "g a", labelId: "mail:keys.archived", run: to("archive") },
    { keys: "g j", labelId: "mail:keys.junkMailbox", run: to("junk") },
    { keys: "g b", labelId: "mail:keys.trash", run: to("trash") },
  ]);

  useEffect(
    () =>
      registerCommands([
        { id: "mail.compose", labelId: "mail:compose.new", keys: "c", run: () => commands.compose() },
        {
          id: "mail.settings",
          labelId: "mail:settings.title",
          run: () => void navigate({ to: "/mail/$", params: { _splat: "settings" } }),
        },
      ]),
    [commands, navigate],
  );
}

function focusSearch(event: KeyboardEvent): void {
  event.preventDefault();
  const box = document.getElementById(searchBoxId);
  if (box instanceof HTMLInputElement) {
    box.focus();
    box.select();
  }
}
