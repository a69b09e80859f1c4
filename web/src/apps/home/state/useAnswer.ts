import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { t } from "../../../i18n";
import { eventSet } from "../../../lib/calendar/eventSet";
import { followEvents, identitiesQuery } from "../../../lib/calendar/events";
import { ChangeRefused, explain } from "../../../lib/calendar/explain";
import { answerPatch, invitedAs } from "../../../lib/calendar/people";
import { failed } from "../../../ui";
import type { Waiting } from "./useHome";

/** Answers an invitation: shown at once, taken back with a word where it is refused. */
export function useAnswer({ accountId, event }: Waiting) {
  const client = useQueryClient();
  const [given, setGiven] = useState<string | null>(null);
  const answer = async (status: string, comment: string) => {
    const id = invitedAs(event, client.getQueryData(identitiesQuery(accountId).queryKey) ?? []);
    if (id === null) return;
    setGiven(status);
    try {
      const update = { [event.id]: answerPatch(event, id, status, comment) };
      const { refused, isUntold } = await eventSet(accountId, { update, sendSchedulingMessages: true });
      if (refused.size > 0) throw new ChangeRefused(refused);
      if (isUntold) failed(t("calendar:did.untold"));
      await followEvents(client, accountId).catch(() => undefined);
    } catch (error) {
      setGiven(null);
      failed(explain(error));
    }
  };
  return { given, answer };
}
