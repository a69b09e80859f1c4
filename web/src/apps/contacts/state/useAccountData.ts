import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { AddressBook } from "../../../lib/jmap/contacts";
import { booksQuery, cardsQuery } from "./cards";
import { type Directory, directoryOf } from "./listing";

/** The books and cards of an account, in order. */
export function useAccountData(accountId: string): {
  books: AddressBook[];
  directory: Directory;
  isPending: boolean;
  error: unknown;
  refetch(): void;
} {
  const books = useQuery(booksQuery(accountId));
  const cards = useQuery(cardsQuery(accountId));
  const directory = useMemo(() => directoryOf(cards.data), [cards.data]);
  return {
    books: books.data ?? [],
    directory,
    isPending: cards.isPending || books.isPending,
    error: cards.error ?? books.error,
    refetch: () => {
      void books.refetch();
      void cards.refetch();
    },
  };
}
