import { IconAddressBookOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../../ui";
import { useContactLocation } from "../state/location";
import { useAccounts } from "../state/useAccounts";
import { ContactsScreen } from "./ContactsScreen";

export const ahead = Promise.resolve();

/** The contacts app: a screen for the cards of one account. */
export default function ContactsRoutes() {
  const { t } = useTranslation("contacts");
  const accounts = useAccounts();
  const [location] = useContactLocation();
  const account = accounts.find(({ id }) => id === location.accountId) ?? accounts[0];
  if (!account)
    return <EmptyState isPage icon={IconAddressBookOff} title={t("noContacts.title")} text={t("noContacts.text")} />;
  return <ContactsScreen key={account.id} accounts={accounts} account={account} />;
}
