import { ActionIcon, Button, Menu, Tooltip } from "@mantine/core";
import {
  IconArrowLeft,
  IconDots,
  IconDownload,
  IconEdit,
  IconMail,
  IconPhone,
  IconTrash,
  IconUserOff,
  IconUsersPlus,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../../ui";
import { useContacts } from "../state/ContactsContext";
import { cardQueryOptions } from "../state/cards";
import { exportCards } from "../state/exportCards";
import { displayName, entriesOf, first } from "../state/names";
import { addressesOf, writeTo } from "../state/write";
import classes from "./Detail.module.css";
import { DetailFields } from "./DetailFields";
import { DetailSkeleton, FieldsSkeleton } from "./DetailSkeleton";
import { Face } from "./Face";
import { GroupItems } from "./groups/GroupItems";
import { Lately } from "./Lately";
import { Meetings } from "./Meetings";

interface DetailProps {
  cardId: string;
  isPhone: boolean;
}

/** Somebody: who they are, how they are reached, and what was lately written with them. */
export function Detail({ cardId, isPhone }: DetailProps) {
  const { t } = useTranslation("contacts");
  const { account, directory, go, actions, mayWrite, location } = useContacts();
  const listed = directory.byId.get(cardId)?.card;
  const { data, isPending } = useQuery(cardQueryOptions(account.id, cardId));
  const card = data ?? listed;

  if (!card) {
    if (isPending) return <DetailSkeleton />;
    return <EmptyState icon={IconUserOff} title={t("detail.goneTitle")} text={t("detail.goneText")} />;
  }
  const name = displayName(card) || t("unnamed");
  const nickname = first(card.nicknames)?.name;
  const titles = entriesOf(card.titles).map(([, title]) => title.name);
  const organizations = entriesOf(card.organizations).map(([, { name: named, units }]) =>
    [...(units ?? []).map((unit) => unit.name), named].filter(Boolean).join(", "),
  );
  const phone = first(card.phones)?.number;
  const addresses = addressesOf([card]);
  const may = mayWrite(card);
  const groups = directory.groups.filter((group) => card.uid !== undefined && group.card.members?.[card.uid]);

  return (
    <div className={classes.pane}>
      <div className={classes.toolbar} role="toolbar" aria-label={t("detail.toolbar")}>
        {isPhone && (
          <ActionIcon size="lg" aria-label={t("detail.back")} onClick={() => go({ cardId: null })}>
            <IconArrowLeft className={classes.icon} />
          </ActionIcon>
        )}
        <span className={classes.gap} />
        {may && (
          <Tooltip label={t("detail.edit")}>
            <ActionIcon size="lg" aria-label={t("detail.edit")} onClick={() => go({ editing: true })}>
              <IconEdit className={classes.icon} />
            </ActionIcon>
          </Tooltip>
        )}
        {may && (
          <Tooltip label={t("detail.remove")}>
            <ActionIcon size="lg" aria-label={t("detail.remove")} onClick={() => void actions.remove([card])}>
              <IconTrash className={classes.icon} />
            </ActionIcon>
          </Tooltip>
        )}
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon size="lg" aria-label={t("detail.more")}>
              <IconDots className={classes.icon} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<IconDownload className={classes.icon} />}
              onClick={() => void exportCards(account.id, [card.id], name)}
            >
              {t("export.one")}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      <div className={classes.scroller}>
        <article className={classes.column} aria-label={name}>
          <header className={classes.head}>
            <Face accountId={account.id} card={card} size={isPhone ? 88 : 104} />
            <div className={classes.who}>
              <h1 className={classes.name} dir="auto">
                {name}
                {nickname && nickname !== name && (
                  <span className={classes.nickname}> {t("detail.aka", { nickname })}</span>
                )}
              </h1>
              {titles.length > 0 && <p className={classes.about}>{titles.join(" · ")}</p>}
              {organizations.filter((each) => each !== name).length > 0 && (
                <p className={classes.about}>{organizations.join(" · ")}</p>
              )}
              {groups.length > 0 && (
                <ul className={classes.groups} aria-label={t("groups.title")}>
                  {groups.map((group) => (
                    <li key={group.card.id}>
                      <button
                        type="button"
                        className={classes.group}
                        onClick={() => go({ place: { kind: "group", id: group.card.id }, search: null })}
                      >
                        {group.name}
                      </button>
                    </li>
                  ))}
                </ul>
              )}
            </div>
          </header>
          <div className={classes.actions}>
            <Button
              leftSection={<IconMail className={classes.icon} />}
              disabled={addresses.length === 0}
              onClick={() => writeTo(addresses)}
            >
              {t("detail.write")}
            </Button>
            {phone && (
              <Button
                component="a"
                href={`tel:${phone.replace(/[^\d+*#]/g, "")}`}
                variant="default"
                leftSection={<IconPhone className={classes.icon} />}
              >
                {t("detail.call")}
              </Button>
            )}
            <Menu position="bottom-start">
              <Menu.Target>
                <Button variant="default" leftSection={<IconUsersPlus className={classes.icon} />}>
                  {t("groups.groups")}
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <GroupItems cards={[card]} />
              </Menu.Dropdown>
            </Menu>
          </div>
          {data ? <DetailFields card={data} /> : <FieldsSkeleton />}
          <Meetings key={`meetings ${location.accountId} ${cardId}`} card={card} />
          <Lately key={`${location.accountId} ${cardId}`} card={card} />
        </article>
      </div>
    </div>
  );
}
