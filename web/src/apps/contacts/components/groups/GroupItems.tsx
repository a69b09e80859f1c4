import { Menu } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { ListCard } from "../../api/cardGet";
import { useContacts } from "../../state/ContactsContext";
import { openDialog } from "../../state/dialogs";
import classes from "../Detail.module.css";

/** The groups, those that hold all of the cards marked; pressed, the cards are put in or taken out. */
export function GroupItems({ cards }: { cards: ListCard[] }) {
  const { t } = useTranslation("contacts");
  const { directory, actions, mayWrite } = useContacts();
  const groups = directory.groups.filter(({ card }) => mayWrite(card));
  return (
    <>
      {groups.map(({ card: group, name }) => {
        const isIn = cards.every(({ uid }) => uid !== undefined && group.members?.[uid]);
        return (
          <Menu.CheckboxItem
            key={group.id}
            checked={isIn}
            closeMenuOnClick
            onChange={() => void (isIn ? actions.removeFromGroup(group, cards) : actions.addToGroup(group, cards))}
          >
            {name || t("unnamed")}
          </Menu.CheckboxItem>
        );
      })}
      <Menu.Item
        leftSection={<IconPlus className={classes.icon} />}
        onClick={() => openDialog({ kind: "group", cards })}
      >
        {t("groups.create")}
      </Menu.Item>
    </>
  );
}
