import { IconUsers } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../../../ui";
import { useContacts } from "../../state/ContactsContext";
import { useDuplicates } from "../../state/useDuplicates";
import { MergePreview } from "./MergePreview";
import { PairList } from "./PairList";

export function DuplicateList() {
  return <PairList pairs={useDuplicates()} />;
}

/** The pair that is open, else the word to choose one. */
export function DuplicateDetail({ isPhone }: { isPhone: boolean }) {
  const { t } = useTranslation("contacts");
  const { location } = useContacts();
  const pairs = useDuplicates();
  const at = pairs.findIndex(({ one }) => one.card.id === location.cardId);
  const pair = pairs[at];
  if (!pair)
    return <EmptyState icon={IconUsers} title={t("duplicates.chooseTitle")} text={t("duplicates.chooseText")} />;
  return <MergePreview key={pair.one.card.id} pair={pair} next={pairs[at + 1] ?? pairs[at - 1]} isPhone={isPhone} />;
}
