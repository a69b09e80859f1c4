import { ActionIcon, Checkbox, Menu, Tooltip } from "@mantine/core";
import {
  IconDots,
  IconDownload,
  IconFileImport,
  IconMail,
  IconTrash,
  IconUserMinus,
  IconUsersPlus,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { LazyMenu } from "../../../ui";
import { useContacts } from "../state/ContactsContext";
import { openDialog } from "../state/dialogs";
import { exportCards } from "../state/exportCards";
import type { Listing } from "../state/listing";
import { addressesOf, writeTo } from "../state/write";
import classes from "./ContactList.module.css";
import { GroupItems } from "./groups/GroupItems";

interface ListHeaderProps {
  title: string;
  listing: Listing;
  selected: ReadonlySet<string>;
  onSelectAll(): void;
  onClear(): void;
}

/** What is listed, and what can be done with what is selected of it. */
export function ListHeader({ title, listing, selected, onSelectAll, onClear }: ListHeaderProps) {
  const { t } = useTranslation("contacts");
  const { account, actions, location, directory, mayWrite, books } = useContacts();
  const mayImport = books.some(({ myRights }) => myRights.mayWrite);
  const total = listing.entries.length;
  const count = selected.size;
  const cards = listing.entries.filter(({ card }) => selected.has(card.id)).map(({ card }) => card);
  const group = location.place.kind === "group" ? directory.byId.get(location.place.id)?.card : undefined;
  const removable = cards.filter(mayWrite);

  const buttons = [
    {
      label: t("select.write"),
      icon: IconMail,
      run: () => writeTo(addressesOf(cards)),
      isOff: addressesOf(cards).length === 0,
    },
    {
      label: t("export.selected"),
      icon: IconDownload,
      run: () =>
        void exportCards(
          account.id,
          cards.map(({ id }) => id),
          title,
        ),
      isOff: false,
    },
    ...(group && mayWrite(group)
      ? [
          {
            label: t("groups.takeOut"),
            icon: IconUserMinus,
            run: () => void actions.removeFromGroup(group, cards).then(onClear),
            isOff: false,
          },
        ]
      : []),
    {
      label: t("select.remove"),
      icon: IconTrash,
      run: () => void actions.remove(removable),
      isOff: removable.length === 0,
    },
  ];
  return (
    <div className={classes.header}>
      {count > 0 ? (
        <div className={classes.selection} role="toolbar" aria-label={t("select.toolbar")}>
          <Checkbox
            checked={count === total}
            indeterminate={count < total}
            aria-label={t("select.all")}
            onChange={() => (count === total ? onClear() : onSelectAll())}
          />
          <span className={classes.selected} aria-live="polite">
            {t("select.count", { count })}
          </span>
          <LazyMenu label={t("groups.groups")} icon={<IconUsersPlus className={classes.icon} />} position="bottom-end">
            <GroupItems cards={cards} />
          </LazyMenu>
          {buttons.map(({ label, icon: Icon, run, isOff }) => (
            <Tooltip key={label} label={label}>
              <ActionIcon aria-label={label} disabled={isOff} onClick={run}>
                <Icon className={classes.icon} />
              </ActionIcon>
            </Tooltip>
          ))}
        </div>
      ) : (
        <>
          <h1 className={classes.title}>{title}</h1>
          {total > 0 && <span className={classes.count}>{t("list.count", { count: total })}</span>}
          <LazyMenu label={t("list.more")} icon={<IconDots className={classes.icon} />} position="bottom-end">
            <Menu.Item disabled={total === 0} onClick={onSelectAll}>
              {t("select.all")}
            </Menu.Item>
            {mayImport && (
              <Menu.Item
                leftSection={<IconFileImport className={classes.icon} />}
                onClick={() => openDialog({ kind: "import" })}
              >
                {t("import.open")}
              </Menu.Item>
            )}
            <Menu.Item
              disabled={total === 0}
              leftSection={<IconDownload className={classes.icon} />}
              onClick={() =>
                void exportCards(
                  account.id,
                  listing.entries.map(({ card }) => card.id),
                  title,
                )
              }
            >
              {t("export.all")}
            </Menu.Item>
          </LazyMenu>
        </>
      )}
    </div>
  );
}
