import { t } from "../../i18n";
import { isOffline, JmapError } from "../jmap";
import type { SetError } from "../jmap/types";

/** Some events could not be changed; what was shown of them has been taken back. */
export class ChangeRefused extends Error {
  readonly refusals: ReadonlyMap<string, SetError>;

  constructor(refusals: ReadonlyMap<string, SetError>) {
    super([...refusals.values()][0]?.description ?? "The server refused the change.");
    this.name = "ChangeRefused";
    this.refusals = refusals;
  }
}

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
