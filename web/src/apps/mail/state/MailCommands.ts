import { createContext, useContext } from "react";

/** What can be asked of mail by key, button or menu. It is about what is selected, else what is open, else what the cursor is on. */
export interface MailCommands {
  archive(): void;
  remove(): void;
  move(): void;
  junk(junk: boolean): void;
  setSeen(seen: boolean): void;
  setFlagged(flagged: boolean): void;
  toggleFlag(): void;
  next(): void;
  previous(): void;
  close(): void;
  compose(mailto?: string): void;
}

export const MailCommandsContext = createContext<MailCommands | null>(null);

export function useMailCommands(): MailCommands {
  const value = useContext(MailCommandsContext);
  if (!value) throw new Error("useMailCommands is for what is inside of the mail screen.");
  return value;
}
