import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { persistently } from "../../../lib/persistently";
import { createAddressBook, renameAddressBook } from "../api/addressBookSet";
import { useContacts } from "../state/ContactsContext";
import { openDialog, useDialog } from "../state/dialogs";
import { explain } from "../state/explain";
import { contactKeys } from "../state/keys";
import { displayName } from "../state/names";
import { NameDialog } from "./NameDialog";

const ImportDialog = lazy(() => persistently(() => import("./import/ImportDialog")));

/** The dialog that is open, whoever opened it. */
export function Dialogs({ bookId }: { bookId: string | null }) {
  const { t } = useTranslation("contacts");
  const client = useQueryClient();
  const dialog = useDialog();
  const { account, actions, books, go } = useContacts();
  const writable = books.filter(({ myRights }) => myRights.mayWrite);
  const close = () => openDialog(null);
  if (!dialog) return null;

  if (dialog.kind === "group") {
    const { group, cards = [] } = dialog;
    const name = async (text: string) => {
      if (group) {
        await actions.update(group, { name: { full: text } });
        return null;
      }
      if (bookId === null) return t("error.forbidden");
      const members = Object.fromEntries(cards.flatMap(({ uid }) => (uid ? [[uid, true]] : [])));
      const id = await actions.create({
        "@type": "Card",
        version: "1.0",
        uid: `urn:uuid:${crypto.randomUUID()}`,
        kind: "group",
        name: { full: text },
        members,
        addressBookIds: { [bookId]: true },
      });
      if (id !== null && cards.length === 0) go({ place: { kind: "group", id }, cardId: null, search: null });
      return null;
    };
    return (
      <NameDialog
        title={t(group ? "groups.rename" : "groups.create")}
        name={group ? displayName(group) : ""}
        confirm={t(group ? "save" : "groups.confirm")}
        missing={t("groups.nameMissing")}
        onName={name}
        onClose={close}
      />
    );
  }
  if (dialog.kind === "book") {
    const { book } = dialog;
    const name = async (text: string) => {
      try {
        if (book) await renameAddressBook(account.id, book.id, text);
        else {
          const id = await createAddressBook(account.id, text);
          go({ place: { kind: "book", id }, cardId: null, search: null });
        }
        await client.invalidateQueries({ queryKey: contactKeys.books(account.id) });
        return null;
      } catch (error) {
        return explain(error);
      }
    };
    return (
      <NameDialog
        title={t(book ? "books.rename" : "books.create")}
        name={book?.name ?? ""}
        confirm={t(book ? "save" : "groups.confirm")}
        missing={t("books.nameMissing")}
        onName={name}
        onClose={close}
      />
    );
  }
  if (bookId === null) return null;
  return (
    <Suspense>
      <ImportDialog books={writable} bookId={bookId} onClose={close} />
    </Suspense>
  );
}
