import { IconMailOff } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { persistently } from "../../../lib/persistently";
import { EmptyState, SkeletonRows } from "../../../ui";
import { ComposeHost } from "../components/compose/ComposeHost";
import { askAhead } from "../state/askAhead";
import { useMailLocation } from "../state/location";
import { startMailSearch } from "../state/mailSearch";
import { useAccounts } from "../state/useAccounts";
import { MailScreen } from "./MailScreen";

export const ahead = askAhead();
void startMailSearch();

const SettingsScreen = lazy(() => persistently(() => import("./SettingsScreen")));

/** The mail app: a screen for the mail of one account, its settings, and the messages being written above both. */
export default function MailRoutes() {
  const { t } = useTranslation("mail");
  const accounts = useAccounts();
  const [location] = useMailLocation();
  const account = accounts.find(({ id }) => id === location.accountId) ?? accounts[0];
  if (!account) return <EmptyState icon={IconMailOff} title={t("noMail.title")} text={t("noMail.text")} />;
  return (
    <>
      {location.mailbox === "settings" ? (
        <Suspense fallback={<SkeletonRows />}>
          <SettingsScreen accountId={account.id} />
        </Suspense>
      ) : (
        <MailScreen accounts={accounts} accountId={account.id} />
      )}
      <ComposeHost />
    </>
  );
}
