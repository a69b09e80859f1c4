import { IconUsers } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../../../ui";
import { useContacts } from "../../state/ContactsContext";
import { pairKey } from "../../state/different";
import type { Pair } from "../../state/duplicates";
import { Face } from "../Face";
import classes from "./Duplicates.module.css";

// i18n: contacts:duplicates.reason.*

/** The pairs, and why each may be one. */
export function PairList({ pairs }: { pairs: Pair[] }) {
  const { t } = useTranslation("contacts");
  const { account, go, location } = useContacts();
  if (pairs.length === 0)
    return <EmptyState icon={IconUsers} title={t("duplicates.noneTitle")} text={t("duplicates.noneText")} />;
  return (
    <ul className={classes.list} aria-label={t("duplicates.title")}>
      {pairs.map((pair) => (
        <li key={pairKey(pair)}>
          <button
            type="button"
            className={classes.pair}
            aria-current={location.cardId === pair.one.card.id ? "true" : undefined}
            onClick={() => go({ cardId: pair.one.card.id })}
          >
            <span className={classes.faces}>
              <Face accountId={account.id} card={pair.one.card} size={34} />
              <Face accountId={account.id} card={pair.other.card} size={34} />
            </span>
            <span className={classes.names}>
              <span className={classes.name}>{pair.one.name}</span>
              <span className={classes.name}>{pair.other.name}</span>
              <span className={classes.reason}>{t(`duplicates.reason.${pair.reason}`)}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
