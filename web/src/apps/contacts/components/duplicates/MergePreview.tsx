import { ActionIcon, Button } from "@mantine/core";
import { IconArrowLeft, IconArrowsExchange, IconArrowsJoin2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { undoable } from "../../../../ui";
import type { CardPatch } from "../../api/cardSet";
import { useContacts } from "../../state/ContactsContext";
import { cardQueryOptions } from "../../state/cards";
import { pairKey, setDifferent } from "../../state/different";
import { fuller, merged, type Pair } from "../../state/duplicates";
import { displayName, entriesOf } from "../../state/names";
import { difference, escaped } from "../../state/patch";
import detail from "../Detail.module.css";
import { DetailFields } from "../DetailFields";
import { DetailSkeleton } from "../DetailSkeleton";
import { Face } from "../Face";
import classes from "./Duplicates.module.css";

interface MergePreviewProps {
  pair: Pair;
  next: Pair | undefined;
  isPhone: boolean;
}

/** The two as the one they would become; nothing is written before one says so. */
export function MergePreview({ pair, next, isPhone }: MergePreviewProps) {
  const { t } = useTranslation("contacts");
  const { account, actions, directory, go, mayWrite } = useContacts();
  const one = useQuery(cardQueryOptions(account.id, pair.one.card.id)).data;
  const other = useQuery(cardQueryOptions(account.id, pair.other.card.id)).data;
  const [swapped, setSwapped] = useState(false);
  if (!one || !other) return <DetailSkeleton />;
  const [fullest, rest] = fuller(one, other);
  const [stays, goes] = swapped ? [rest, fullest] : [fullest, rest];
  const made = merged(stays, goes);
  const name = displayName(made) || t("unnamed");
  const goOn = () => go({ cardId: isPhone ? null : (next?.one.card.id ?? null), replace: true });

  const merge = () => {
    const update = new Map<string, CardPatch>();
    const patch = difference(stays, made);
    if (Object.keys(patch).length > 0) update.set(stays.id, patch);
    for (const { card: group } of directory.groups)
      if (goes.uid && stays.uid && group.members?.[goes.uid] && mayWrite(group))
        update.set(group.id, {
          [`members/${escaped(goes.uid)}`]: null,
          [`members/${escaped(stays.uid)}`]: true,
        });
    goOn();
    void actions.run({ update, destroy: [goes] }, t("duplicates.did", { name }));
  };
  const differ = () => {
    setDifferent(pair, true);
    goOn();
    undoable(t("duplicates.differ"), () => setDifferent(pair, false));
  };
  const titles = entriesOf(made.titles).map(([, title]) => title.name);
  const organizations = entriesOf(made.organizations).map(([, organization]) => organization.name ?? "");

  return (
    <div className={detail.pane} key={pairKey(pair)}>
      <div className={detail.toolbar}>
        {isPhone && (
          <ActionIcon size="lg" aria-label={t("detail.back")} onClick={() => go({ cardId: null })}>
            <IconArrowLeft className={detail.icon} />
          </ActionIcon>
        )}
        <span className={detail.gap} />
        <Button variant="default" onClick={differ}>
          {t("duplicates.different")}
        </Button>
        <Button leftSection={<IconArrowsJoin2 className={detail.icon} />} onClick={merge}>
          {t("duplicates.merge")}
        </Button>
      </div>
      <div className={detail.scroller}>
        <div className={detail.column}>
          <div className={classes.both}>
            {[stays, goes].map((card, at) => (
              <div key={card.id} className={classes.half} data-goes={at === 1 || undefined}>
                <Face accountId={account.id} card={card} size={44} />
                <span className={classes.names}>
                  <span className={classes.name}>{displayName(card) || t("unnamed")}</span>
                  <span className={classes.reason}>{t(at === 0 ? "duplicates.stays" : "duplicates.goes")}</span>
                </span>
              </div>
            ))}
            <ActionIcon
              size="lg"
              aria-label={t("duplicates.swap")}
              title={t("duplicates.swap")}
              onClick={() => setSwapped(!swapped)}
            >
              <IconArrowsExchange className={detail.icon} />
            </ActionIcon>
          </div>
          <h2 className={classes.result}>{t("duplicates.result")}</h2>
          <header className={detail.head}>
            <Face accountId={account.id} card={made} size={88} />
            <div className={detail.who}>
              <h1 className={detail.name}>{name}</h1>
              {titles.length > 0 && <p className={detail.about}>{titles.join(" · ")}</p>}
              {organizations.some(Boolean) && <p className={detail.about}>{organizations.join(" · ")}</p>}
            </div>
          </header>
          <DetailFields card={made} />
        </div>
      </div>
    </div>
  );
}
