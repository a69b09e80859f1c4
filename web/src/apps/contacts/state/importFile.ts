import type { QueryClient } from "@tanstack/react-query";
import type { Card } from "../../../lib/jmap/contacts";
import type { SetError } from "../../../lib/jmap/types";
import { cardSet } from "../api/cardSet";
import { followCards } from "./cards";
import { type CsvField, cardOfRow, guessColumns, readCsv, type Table } from "./csv";
import { type ReadError, readVCards } from "./vcardRead";

/** What a file holds, before any of it is taken. */
export type ImportFile = { name: string } & ({ kind: "vcf"; text: string } | { kind: "csv"; table: Table });

export type RefusedWhy = ReadError | "noCard" | "known";

export interface Preview {
  cards: { line: number; card: Card }[];
  refused: { line: number; why: RefusedWhy }[];
}

/** Reads a file; what is not UTF-8 is taken for the encoding that Windows' programs write. */
export async function readFile(file: File): Promise<ImportFile> {
  const octets = await file.arrayBuffer();
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(octets);
  } catch {
    text = new TextDecoder("windows-1252").decode(octets);
  }
  const isCard = /\.(vcf|vcard)$/i.test(file.name) || /^\uFEFF?\s*BEGIN:VCARD/i.test(text);
  return isCard ? { name: file.name, kind: "vcf", text } : { name: file.name, kind: "csv", table: readCsv(text) };
}

export function columnsOf(file: ImportFile): (CsvField | null)[] {
  return file.kind === "csv" ? guessColumns(file.table.heads) : [];
}

/** The cards of a file and what is refused of it: a card whose uid is here already would be there twice (RFC 9610 §3). */
export function previewOf(file: ImportFile, columns: (CsvField | null)[], isKnown: (uid: string) => boolean): Preview {
  const preview: Preview = { cards: [], refused: [] };
  const seen = new Set<string>();
  if (file.kind === "csv") {
    for (const { line, cells } of file.table.rows) {
      const card = cardOfRow(cells, columns);
      if (card) preview.cards.push({ line, card });
      else preview.refused.push({ line, why: "noCard" });
    }
    return preview;
  }
  for (const read of readVCards(file.text)) {
    if ("error" in read) preview.refused.push({ line: read.line, why: read.error });
    else if (read.card.uid && (isKnown(read.card.uid) || seen.has(read.card.uid)))
      preview.refused.push({ line: read.line, why: "known" });
    else {
      if (read.card.uid) seen.add(read.card.uid);
      preview.cards.push(read);
    }
  }
  return preview;
}

export interface Imported {
  ids: string[];
  refused: { line: number; error: SetError }[];
}

/** Takes the cards into a book. What the server refuses of them is told by its line; the others are there. */
export async function importCards(
  client: QueryClient,
  accountId: string,
  bookId: string,
  cards: Preview["cards"],
  onProgress: (done: number) => void,
): Promise<Imported> {
  const create = Object.fromEntries(
    cards.map(({ card }, at) => [
      `n${at}`,
      { ...card, uid: card.uid ?? `urn:uuid:${crypto.randomUUID()}`, addressBookIds: { [bookId]: true } },
    ]),
  );
  try {
    const { created, refused } = await cardSet(accountId, { create }, onProgress);
    return {
      ids: [...created.values()],
      refused: [...refused].map(([id, error]) => ({ line: cards[Number(id.slice(1))]?.line ?? 0, error })),
    };
  } finally {
    await followCards(client, accountId);
  }
}
