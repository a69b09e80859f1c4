import { ActionIcon, Button, Drawer } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import {
  IconAddressBook,
  IconAlertTriangle,
  IconMenu2,
  IconSearch,
  IconUserPlus,
  IconUsersGroup,
} from "@tabler/icons-react";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { usePageTitle } from "../../../shell";
import { EmptyState, SkeletonRows, useIsPhone } from "../../../ui";
import type { ListCard } from "../api/cardGet";
import { ContactList } from "../components/ContactList";
import { Detail } from "../components/Detail";
import { Dialogs } from "../components/Dialogs";
import { DuplicateDetail, DuplicateList } from "../components/duplicates/Duplicates";
import { Editor } from "../components/Editor";
import { ListHeader } from "../components/ListHeader";
import { SearchBox } from "../components/SearchBox";
import { SidePane } from "../components/SidePane";
import { ContactsContext } from "../state/ContactsContext";
import { explain } from "../state/explain";
import { listingOf } from "../state/listing";
import { everybody, newCard, useContactLocation } from "../state/location";
import { displayName } from "../state/names";
import { useAccountData } from "../state/useAccountData";
import type { ContactAccount } from "../state/useAccounts";
import { useContactActions } from "../state/useContactActions";
import { useContactPush } from "../state/useContactPush";
import { useContactShortcuts } from "../state/useContactShortcuts";
import { useFound } from "../state/useFound";
import classes from "./ContactsScreen.module.css";

interface ContactsScreenProps {
  accounts: ContactAccount[];
  account: ContactAccount;
}

/** Where the side pane stands beside the list. */
const wide = "(min-width: 75em)";
const none: ReadonlySet<string> = new Set();

/** Books and groups, people, and the one that is open, beside one another where there is room. */
export function ContactsScreen({ accounts, account }: ContactsScreenProps) {
  const { t } = useTranslation("contacts");
  const isPhone = useIsPhone();
  const isWide = useMediaQuery(wide, undefined, { getInitialValueInEffect: false }) ?? true;
  const [location, go] = useContactLocation();
  const { books, directory, isPending, error, refetch } = useAccountData(account.id);
  const found = useFound(account.id, location.search, directory);
  const { place } = location;
  const placeKey = "id" in place ? `${place.kind}.${place.id}` : place.kind;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the place is told by its key
  const listing = useMemo(() => listingOf(directory, place, found), [directory, placeKey, found]);
  const [selected, setSelected] = useState<ReadonlySet<string>>(none);
  const [anchor, setAnchor] = useState<string | null>(null);
  const [cursor, setCursor] = useState<string | null>(null);
  const [drawer, setDrawer] = useState(false);
  const { entries } = listing;

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is selected belongs to the list it was selected in
  useEffect(() => {
    setSelected(none);
    setCursor(null);
  }, [placeKey, location.search]);

  const writable = useMemo(() => books.filter(({ myRights }) => myRights.mayWrite), [books]);
  const mayWrite = useCallback(
    (card: Pick<ListCard, "addressBookIds">) =>
      !account.isReadOnly && writable.some(({ id }) => card.addressBookIds[id]),
    [account.isReadOnly, writable],
  );
  const leave = useCallback(
    (ids: string[]) => {
      setSelected(none);
      if (location.cardId === null || !ids.includes(location.cardId)) return;
      const at = entries.findIndex(({ card }) => card.id === location.cardId);
      const after = entries.slice(at + 1).find(({ card }) => !ids.includes(card.id));
      go({ cardId: isPhone ? null : (after?.card.id ?? null), replace: true });
    },
    [entries, location.cardId, go, isPhone],
  );
  const actions = useContactActions(account.id, leave);
  const isDuplicates = place.kind === "duplicates";
  const bookId =
    place.kind === "book" && writable.some(({ id }) => id === place.id)
      ? place.id
      : (writable.find(({ isDefault }) => isDefault)?.id ?? writable[0]?.id ?? null);
  // Asked for before the books came, the form shows once they have.
  const mayCreate = bookId !== null || books.length === 0;
  const create = useCallback(() => {
    if (!mayCreate) return;
    go({ cardId: newCard, editing: true, ...(isDuplicates && { place: everybody }) });
  }, [go, mayCreate, isDuplicates]);
  const context = useMemo(
    () => ({ accounts, account, books, directory, location, go, actions, mayWrite }),
    [accounts, account, books, directory, location, go, actions, mayWrite],
  );

  const step = (by: number) => {
    if (isDuplicates) return;
    const from = location.cardId ?? cursor;
    const index = entries.findIndex(({ card }) => card.id === from);
    const to = entries[from === null || index < 0 ? 0 : index + by]?.card;
    if (!to) return;
    setCursor(to.id);
    if (location.cardId !== null) go({ cardId: to.id, replace: true });
  };
  const toggle = (id: string, isRange = false) => {
    const next = new Set(selected);
    const from = entries.findIndex(({ card }) => card.id === anchor);
    const to = entries.findIndex(({ card }) => card.id === id);
    if (isRange && from >= 0 && to >= 0)
      for (const { card } of entries.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(card.id);
    else if (!next.delete(id)) next.add(id);
    setAnchor(id);
    setSelected(next);
  };
  // Searching looks at people, not at pairs of them.
  const { search } = location;
  useEffect(() => {
    if (isDuplicates && search !== null) go({ place: everybody, cardId: null, search, replace: true });
  }, [isDuplicates, search, go]);
  const open = (card: ListCard) => {
    setCursor(card.id);
    go({ cardId: card.id });
  };
  const at = location.cardId ?? cursor;
  const atCard = at === null ? undefined : directory.byId.get(at)?.card;
  useContactPush(accounts);
  useContactShortcuts({
    next: () => step(1),
    previous: () => step(-1),
    open: () => cursor !== null && go({ cardId: cursor }),
    close: () => {
      if (selected.size > 0) setSelected(none);
      else if (location.editing) return;
      else go({ cardId: null });
    },
    edit: () => atCard && mayWrite(atCard) && go({ cardId: atCard.id, editing: true }),
    create,
    remove: () => {
      if (location.editing || isDuplicates) return;
      const chosen = entries.filter(({ card }) => selected.has(card.id)).map(({ card }) => card);
      void actions.remove((chosen.length > 0 ? chosen : atCard ? [atCard] : []).filter(mayWrite));
    },
    toggle: () => at !== null && toggle(at),
  });

  const group = place.kind === "group" ? directory.byId.get(place.id) : undefined;
  const book = place.kind === "book" ? books.find(({ id }) => id === place.id) : undefined;
  const title =
    location.search !== null
      ? t("search.results")
      : (group?.name ?? book?.name ?? (account.isPrimary ? t("all") : account.name));
  const openCard = location.cardId === null ? undefined : directory.byId.get(location.cardId)?.card;
  usePageTitle(
    openCard
      ? displayName(openCard) || t("title")
      : location.search === null && place.kind === "all"
        ? t("title")
        : title,
  );

  const showing = location.cardId !== null;
  const createButton = bookId !== null && (
    <Button leftSection={<IconUserPlus className={classes.icon} />} onClick={create}>
      {t("create")}
    </Button>
  );

  return (
    <ContactsContext value={context}>
      <div className={classes.screen}>
        {isWide && (
          <div className={classes.side}>
            <SidePane onCreate={create} />
          </div>
        )}
        <section className={classes.list} aria-label={t("list.label")} hidden={isPhone && showing}>
          <div className={classes.search}>
            {!isWide && (
              <ActionIcon size="lg" aria-label={t("pane.open")} onClick={() => setDrawer(true)}>
                <IconMenu2 className={classes.icon} />
              </ActionIcon>
            )}
            <SearchBox onDown={() => step(cursor === null && location.cardId === null ? 0 : 1)} />
            {!isWide && !isPhone && bookId !== null && (
              <ActionIcon
                size="lg"
                variant="filled"
                color="pine"
                aria-label={t("create")}
                title={t("create")}
                onClick={create}
              >
                <IconUserPlus className={classes.icon} />
              </ActionIcon>
            )}
          </div>
          {place.kind === "duplicates" ? (
            <h1 className={classes.title}>{t("duplicates.title")}</h1>
          ) : (
            <ListHeader
              title={title}
              listing={listing}
              selected={selected}
              onSelectAll={() => setSelected(new Set(entries.map(({ card }) => card.id)))}
              onClear={() => setSelected(none)}
            />
          )}
          <div className={classes.rows}>
            {error && directory.entries.length === 0 ? (
              <EmptyState
                icon={IconAlertTriangle}
                title={t("list.failed")}
                text={explain(error)}
                action={<Button onClick={refetch}>{t("list.retry")}</Button>}
              />
            ) : isPending ? (
              <SkeletonRows rows={12} height={60} />
            ) : place.kind === "duplicates" ? (
              <DuplicateList />
            ) : entries.length > 0 ? (
              <ContactList
                listing={listing}
                selected={selected}
                cursor={cursor}
                onOpen={open}
                onToggle={(card, { shiftKey }) => toggle(card.id, shiftKey)}
                onStep={step}
              />
            ) : location.search !== null ? (
              <EmptyState
                icon={IconSearch}
                title={t("empty.search.title")}
                text={t("empty.search.text")}
                action={
                  <Button variant="default" onClick={() => go({ search: null })}>
                    {t("search.clear")}
                  </Button>
                }
              />
            ) : place.kind === "group" ? (
              <EmptyState icon={IconUsersGroup} title={t("empty.group.title")} text={t("empty.group.text")} />
            ) : (
              <EmptyState
                icon={IconAddressBook}
                title={t("empty.all.title")}
                text={bookId === null ? t("empty.all.readOnly") : t("empty.all.text")}
                action={createButton}
              />
            )}
          </div>
          {isPhone && bookId !== null && (
            <ActionIcon
              className={classes.float}
              size="xl"
              radius="xl"
              variant="filled"
              color="pine"
              aria-label={t("create")}
              onClick={create}
            >
              <IconUserPlus className={classes.icon} />
            </ActionIcon>
          )}
        </section>
        {(!isPhone || showing) && (
          <section className={classes.detail} aria-label={t("detail.label")}>
            {location.cardId !== null && location.editing && bookId !== null ? (
              <Editor key={location.cardId} cardId={location.cardId} books={writable} bookId={bookId} />
            ) : place.kind === "duplicates" ? (
              <DuplicateDetail isPhone={isPhone} />
            ) : location.cardId !== null && location.cardId !== newCard ? (
              <Detail key={location.cardId} cardId={location.cardId} isPhone={isPhone} />
            ) : (
              <EmptyState
                icon={IconAddressBook}
                title={selected.size > 0 ? t("select.count", { count: selected.size }) : t("detail.noneTitle")}
                text={t("detail.noneText")}
              />
            )}
          </section>
        )}
      </div>
      <Drawer.Root opened={drawer && !isWide} onClose={() => setDrawer(false)} size="xs" padding={0}>
        <Drawer.Overlay />
        <Drawer.Content aria-label={t("pane.label")}>
          <Drawer.Body className={classes.drawer ?? ""}>
            <SidePane onCreate={create} onGone={() => setDrawer(false)} />
          </Drawer.Body>
        </Drawer.Content>
      </Drawer.Root>
      <Dialogs bookId={bookId} />
    </ContactsContext>
  );
}
