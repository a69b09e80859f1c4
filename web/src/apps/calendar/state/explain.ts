import { t } from "../../../i18n";
import { isOffline, JmapError } from "../../../lib/jmap";
import { ChangeRefused } from "./changeEvents";

// i18n: calendar:error.*
const known = new Set(["forbidden", "overQuota", "tooLarge", "notFound", "rateLimit"]);

/** What went wrong, as a sentence for the person: what it means for them first, the server's own words where we know no better. */
export function explain(error: unknown): string {
  if (isOffline(error)) return t("calendar:error.offline");
  if (error instanceof ChangeRefused) {
    const refusal = [...error.refusals.values()][0];
    return sentence(refusal?.type, refusal?.description ?? undefined);
  }
  if (error instanceof JmapError) return sentence(error.type, error.description);
  return t("calendar:error.unknown");
}

function sentence(type: string | undefined, description: string | undefined): string {
  if (type !== undefined && known.has(type)) return t(`calendar:error.${type}`);
  return description ? t("calendar:error.server", { description }) : t("calendar:error.unknown");
}
