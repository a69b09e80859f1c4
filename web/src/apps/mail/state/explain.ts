import { t } from "../../../i18n";
import { isOffline, JmapError } from "../../../lib/jmap";
import { ChangeRefused } from "./changeEmails";

// i18n: mail:error.*
const known = new Set([
  "forbidden",
  "overQuota",
  "tooLarge",
  "notFound",
  "mailboxHasChild",
  "tooManyRecipients",
  "invalidRecipients",
  "noRecipients",
  "forbiddenMailFrom",
  "forbiddenFrom",
  "forbiddenToSend",
  "cannotUnsend",
  "notParsable",
  "rateLimit",
]);

/** What went wrong, as a sentence for the person: what it means for them first, the server's own words where we know no better. */
export function explain(error: unknown): string {
  if (isOffline(error)) return t("mail:error.offline");
  if (error instanceof ChangeRefused) {
    const first = [...error.refusals.values()][0];
    return sentence(first?.type, first?.description ?? undefined);
  }
  if (error instanceof JmapError) return sentence(error.type, error.description);
  return t("mail:error.unknown");
}

function sentence(type: string | undefined, description: string | undefined): string {
  if (type !== undefined && known.has(type)) return t(`mail:error.${type}`);
  return description ? t("mail:error.server", { description }) : t("mail:error.unknown");
}
