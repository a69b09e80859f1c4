import { useQuery } from "@tanstack/react-query";
import type { AddressBook, Card, ContactCard } from "../../../lib/jmap/contacts";
import { useContacts } from "../state/ContactsContext";
import { cardQueryOptions } from "../state/cards";
import { newCard } from "../state/location";
import { difference } from "../state/patch";
import { DetailSkeleton } from "./DetailSkeleton";
import { CardForm } from "./form/CardForm";

interface EditorProps {
  cardId: string;
  /** The books that may be written to. */
  books: AddressBook[];
  bookId: string;
}

/** The form over a card that is there, or over a new one. */
export function Editor({ cardId, books, bookId }: EditorProps) {
  const { account, actions, go, location, directory } = useContacts();
  const isNew = cardId === newCard;
  const { data } = useQuery({ ...cardQueryOptions(account.id, cardId), enabled: !isNew });
  const keptAs = `contacts.form.${account.id}.${cardId}`;

  if (isNew) {
    const create = async (card: Card, book: string) => {
      const uid = `urn:uuid:${crypto.randomUUID()}`;
      const id = await actions.create({
        "@type": "Card",
        version: "1.0",
        uid,
        kind: "individual",
        ...card,
        addressBookIds: { [book]: true },
      });
      if (id === null) return false;
      const { place } = location;
      const group = place.kind === "group" ? directory.byId.get(place.id)?.card : undefined;
      go({ cardId: id, search: null, replace: true });
      if (group) await actions.addToGroup(group, [{ id, uid, addressBookIds: { [book]: true }, ...card }]);
      return true;
    };
    return (
      <CardForm
        key={keptAs}
        card={blank}
        isNew
        keptAs={keptAs}
        books={books}
        bookId={bookId}
        onSave={create}
        onClose={() => go({ cardId: null })}
      />
    );
  }
  if (!data) return <DetailSkeleton />;
  const save = async (card: Card, _book: string, base: Card) => {
    const patch = difference(base, card);
    go({ editing: false, replace: true });
    if (Object.keys(patch).length === 0) return true;
    const isSaved = await actions.update(data, patch);
    // What was written is there again, to be mended.
    if (!isSaved) go({ cardId, editing: true, replace: true });
    return isSaved;
  };
  return (
    <CardForm
      key={keptAs}
      card={data satisfies ContactCard}
      isNew={false}
      keptAs={keptAs}
      books={books}
      bookId={bookId}
      onSave={save}
      onClose={() => go({ editing: false, replace: true })}
    />
  );
}

const blank: Card = { emails: { e1: { address: "" } }, phones: { p1: { number: "", features: { mobile: true } } } };
