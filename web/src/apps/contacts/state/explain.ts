import { t } from "../../../i18n";
import { isOffline, JmapError } from "../../../lib/jmap";
import { ChangeRefused } from "./changeCards";

// i18n: contacts:error.*
const known = new Set(["forbidden", "overQuota", "tooLarge", "notFound", "rateLimit"]);

/** What went wrong, as a sentence for the person: what it means for them first, the server's own words where we know no better. */
export function explain(error: unknown): string {
  if (isOffline(error)) return t("contacts:error.offline");
  if (error instanceof ChangeRefused) {
    const refusal = [...error.refusals.values()][0];
    return sentence(refusal?.type, refusal?.description ?? undefined);
  }
  if (error instanceof JmapError) return sentence(error.type, error.description);
  return t("contacts:error.unknown");
}

export function sentence(type: string | undefined, description: string | undefined): string {
  if (type !== undefined && known.has(type)) return t(`contacts:error.${type}`);
  return description ? t("contacts:error.server", { description }) : t("contacts:error.unknown");
}
