import { Button, Menu, ScrollArea } from "@mantine/core";
import { modals } from "@mantine/modals";
import {
  IconAddressBook,
  IconArrowsJoin2,
  IconBuilding,
  IconDots,
  IconEdit,
  IconMail,
  IconPlus,
  IconTrash,
  IconUserPlus,
  IconUsers,
  IconUsersGroup,
} from "@tabler/icons-react";
import { useQueries, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { AddressBook } from "../../../lib/jmap/contacts";
import { failed, LazyMenu } from "../../../ui";
import { destroyAddressBook } from "../api/addressBookSet";
import type { ListCard } from "../api/cardGet";
import { useContacts } from "../state/ContactsContext";
import { booksQuery } from "../state/cards";
import { openDialog } from "../state/dialogs";
import { dragged, dragType } from "../state/drag";
import { explain } from "../state/explain";
import { contactKeys } from "../state/keys";
import { everybody, type Place, samePlace } from "../state/location";
import type { ContactAccount } from "../state/useAccounts";
import { addressesOf, writeTo } from "../state/write";
import { PaneItem } from "./PaneItem";
import classes from "./SidePane.module.css";

interface SidePaneProps {
  onCreate(): void;
  /** Something was chosen: a drawer closes. */
  onGone?(): void;
}

/** Where cards are: one's own, the groups, those of teams and the organisation's directory. */
export function SidePane({ onCreate, onGone }: SidePaneProps) {
  const { t } = useTranslation("contacts");
  const { accounts, account, directory, location, go, mayWrite, books } = useContacts();
  const all = useQueries({ queries: accounts.map(({ id }) => booksQuery(id)) });
  const mayCreate = books.some(({ myRights }) => myRights.mayWrite);

  const goTo = (of: ContactAccount, place: Place) => {
    onGone?.();
    go({ place, cardId: null, search: null, accountId: of.isPrimary ? null : of.id });
  };
  const isOpen = (of: ContactAccount, place: Place) => of.id === account.id && samePlace(location.place, place);

  return (
    <nav className={classes.pane} aria-label={t("pane.label")}>
      {mayCreate && (
        <div className={classes.create}>
          <Button
            fullWidth
            size="md"
            leftSection={<IconUserPlus className={classes.icon} />}
            onClick={() => {
              onGone?.();
              onCreate();
            }}
          >
            {t("create")}
          </Button>
        </div>
      )}
      <ScrollArea className={classes.scroll} type="hover" scrollbars="y">
        {accounts.map((of, at) => {
          const listed = all[at]?.data ?? [];
          const own = of.id === account.id;
          return (
            <section key={of.id} className={classes.section} aria-label={of.isPrimary ? t("pane.own") : of.name}>
              {!of.isPrimary && listed.length > 1 && <h2 className={classes.title}>{of.name}</h2>}
              <ul className={classes.list}>
                <PaneItem
                  icon={of.isPrimary ? IconUsers : of.isReadOnly ? IconBuilding : IconUsersGroup}
                  // An account with one book is told by one line.
                  name={of.isPrimary || listed.length > 1 ? t("all") : of.name}
                  count={own ? directory.entries.length : undefined}
                  open={isOpen(of, everybody)}
                  onOpen={() => goTo(of, everybody)}
                />
                {listed.length > 1 &&
                  listed.map((book) => (
                    <PaneItem
                      key={book.id}
                      icon={book.myRights.mayWrite ? IconAddressBook : IconBuilding}
                      name={book.name}
                      open={isOpen(of, { kind: "book", id: book.id })}
                      onOpen={() => goTo(of, { kind: "book", id: book.id })}
                      menu={own && book.myRights.mayDelete ? <BookMenu book={book} /> : undefined}
                    />
                  ))}
                {own && mayCreate && (
                  <PaneItem
                    icon={IconArrowsJoin2}
                    name={t("duplicates.title")}
                    open={isOpen(of, { kind: "duplicates" })}
                    onOpen={() => goTo(of, { kind: "duplicates" })}
                  />
                )}
                {of.isPrimary && own && (
                  <PaneItem
                    icon={IconPlus}
                    name={t("books.create")}
                    open={false}
                    isQuiet
                    onOpen={() => openDialog({ kind: "book" })}
                  />
                )}
              </ul>
              {own && (directory.groups.length > 0 || mayCreate) && (
                <>
                  <div className={classes.heading}>
                    <h2 className={classes.title}>{t("groups.title")}</h2>
                    {mayCreate && (
                      <button
                        type="button"
                        className={classes.add}
                        aria-label={t("groups.create")}
                        title={t("groups.create")}
                        onClick={() => openDialog({ kind: "group" })}
                      >
                        <IconPlus className={classes.smallIcon} />
                      </button>
                    )}
                  </div>
                  <ul className={classes.list} aria-label={t("groups.title")}>
                    {directory.groups.map(({ card, name }) => (
                      <GroupItem
                        key={card.id}
                        group={card}
                        name={name || t("unnamed")}
                        open={isOpen(of, { kind: "group", id: card.id })}
                        onOpen={() => goTo(of, { kind: "group", id: card.id })}
                        mayWrite={mayWrite(card)}
                      />
                    ))}
                  </ul>
                </>
              )}
            </section>
          );
        })}
      </ScrollArea>
    </nav>
  );
}

function BookMenu({ book }: { book: AddressBook }) {
  const { t } = useTranslation("contacts");
  const client = useQueryClient();
  const { account, go, location } = useContacts();
  const remove = () =>
    modals.openConfirmModal({
      title: t("books.removeTitle", { name: book.name }),
      children: t("books.removeText"),
      labels: { confirm: t("books.remove"), cancel: t("cancel") },
      confirmProps: { color: "red" },
      closeButtonProps: { "aria-label": t("close") },
      onConfirm: async () => {
        try {
          await destroyAddressBook(account.id, book.id);
          if (samePlace(location.place, { kind: "book", id: book.id })) go({ place: everybody, cardId: null });
          await client.invalidateQueries({ queryKey: contactKeys.account(account.id) });
        } catch (error) {
          failed(explain(error));
        }
      },
    });
  return (
    <LazyMenu
      className={classes.more}
      label={t("pane.more", { name: book.name })}
      icon={<IconDots className={classes.smallIcon} />}
      position="bottom-end"
    >
      <Menu.Item
        leftSection={<IconEdit className={classes.smallIcon} />}
        onClick={() => openDialog({ kind: "book", book })}
      >
        {t("books.rename")}
      </Menu.Item>
      {!book.isDefault && (
        <Menu.Item color="red" leftSection={<IconTrash className={classes.smallIcon} />} onClick={remove}>
          {t("books.remove")}
        </Menu.Item>
      )}
    </LazyMenu>
  );
}

interface GroupItemProps {
  group: ListCard;
  name: string;
  open: boolean;
  mayWrite: boolean;
  onOpen(): void;
}

/** A group; people dropped on it become its members. */
function GroupItem({ group, name, open, mayWrite, onOpen }: GroupItemProps) {
  const { t } = useTranslation("contacts");
  const { directory, actions, go } = useContacts();
  const members = Object.keys(group.members ?? {}).flatMap((uid) => directory.byUid.get(uid)?.card ?? []);
  const remove = async () => {
    if (open) go({ place: everybody, cardId: null });
    await actions.remove([group]);
  };
  return (
    <PaneItem
      icon={IconUsersGroup}
      name={name}
      count={members.length}
      open={open}
      onOpen={onOpen}
      accepts={mayWrite ? dragType : undefined}
      onDropped={() => void actions.addToGroup(group, dragged())}
      menu={
        <LazyMenu
          className={classes.more}
          label={t("pane.more", { name })}
          icon={<IconDots className={classes.smallIcon} />}
          position="bottom-end"
        >
          <Menu.Item
            leftSection={<IconMail className={classes.smallIcon} />}
            disabled={addressesOf(members).length === 0}
            onClick={() => writeTo(addressesOf(members))}
          >
            {t("groups.write")}
          </Menu.Item>
          {mayWrite && (
            <>
              <Menu.Item
                leftSection={<IconEdit className={classes.smallIcon} />}
                onClick={() => openDialog({ kind: "group", group })}
              >
                {t("groups.rename")}
              </Menu.Item>
              <Menu.Item
                color="red"
                leftSection={<IconTrash className={classes.smallIcon} />}
                onClick={() => void remove()}
              >
                {t("groups.remove")}
              </Menu.Item>
            </>
          )}
        </LazyMenu>
      }
    />
  );
}
