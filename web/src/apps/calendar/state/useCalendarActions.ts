import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { ListEvent } from "../../../lib/calendar/eventGet";
import type { NewEvent } from "../../../lib/calendar/eventSet";
import { identitiesQuery, knownEvents } from "../../../lib/calendar/events";
import { explain } from "../../../lib/calendar/explain";
import { listed } from "../../../lib/calendar/format";
import type { Occurrence } from "../../../lib/calendar/occurrence";
import { isOrganizer, nameOf, organizerName, othersIn } from "../../../lib/calendar/people";
import { readWall, writeWall } from "../../../lib/calendar/time";
import type { CalendarEvent, JSEvent } from "../../../lib/jmap/calendars";
import { canUndo, forgetUndo } from "../../../lib/lastUndo";
import { failed, undoable } from "../../../ui";
import { changeEvents, type Done } from "./changeEvents";
import { askScope, askTelling } from "./dialogs";
import { applyPatch, difference } from "./patch";
import { rescheduled, type Times } from "./reschedule";
import {
  mayBeOfOne,
  type Plan,
  planChange,
  planCreate,
  planRemoval,
  planSeriesChange,
  planSeriesRemoval,
  type Scope,
  telling,
} from "./series";
import { countBefore, wholeEvent } from "./seriesOf";
import type { Shadow } from "./shadows";

export interface CalendarActions {
  /** Gives the id, or null when it was refused, which has been said. */
  create(accountId: string, event: NewEvent): Promise<string | null>;
  /**
   * Takes a change to the server: of the event, or of as much of its series as the person says. False when they thought
   * better of it or it was refused.
   */
  change(accountId: string, before: CalendarEvent, after: CalendarEvent, series?: CalendarEvent): Promise<boolean>;
  /** Says whether one comes: to this occurrence or to all, as the person says. */
  answer(accountId: string, before: CalendarEvent, after: CalendarEvent, series?: CalendarEvent): Promise<boolean>;
  /** To another time, or another length. */
  reschedule(occurrence: Occurrence, to: Times, zone: string): Promise<boolean>;
  remove(accountId: string, event: Pick<CalendarEvent, "id" | "baseEventId" | "title">): Promise<boolean>;
}

const all: readonly Scope[] = ["this", "following", "all"];

/** What a person does with events: shown at once, undone by one click, explained when refused. */
export function useCalendarActions(): CalendarActions {
  const client = useQueryClient();
  const { t, i18n } = useTranslation("calendar");

  return useMemo(() => {
    const identities = (accountId: string) => client.getQueryData(identitiesQuery(accountId).queryKey) ?? [];
    const others = (accountId: string, event: JSEvent) => othersIn(event, identities(accountId));
    const names = (accountId: string, event: JSEvent) => listed(others(accountId, event).map(nameOf), i18n.language);
    /** Whoever takes part in these is told. */
    const run = async (
      accountId: string,
      planned: Plan,
      shadow: Partial<Shadow>,
      said: string,
      meetings: readonly JSEvent[],
    ): Promise<Done | null> => {
      const isTold = meetings.some((event) => others(accountId, event).length > 0);
      const pending = changeEvents(client, accountId, isTold ? telling(planned) : planned, shadow);
      let closeToast: (() => void) | null = null;
      const undo = canUndo(() => {
        closeToast?.();
        void pending
          .then((done) => changeEvents(client, accountId, done.undo))
          .catch((error) => failed(explain(error)));
      });
      closeToast = undoable(said, undo);
      try {
        const done = await pending;
        if (done.isUntold) failed(t("did.untold"));
        return done;
      } catch (error) {
        closeToast();
        forgetUndo(undo);
        failed(explain(error));
        return null;
      }
    };
    const name = ({ title }: { title?: string }) => title?.trim() || t("unnamed");

    /** What is seen of a series while a change of it is on its way. */
    const seriesShadow = (
      accountId: string,
      id: string,
      from: string,
      change: (event: ListEvent) => ListEvent | null,
    ) => {
      const changed = new Map<string, ListEvent>();
      const gone = new Set<string>();
      for (const event of knownEvents(client, accountId)) {
        if (event.baseEventId !== id || (event.recurrenceId ?? event.start) < from) continue;
        const next = change(event);
        if (next) changed.set(event.id, next);
        else gone.add(event.id);
      }
      return { changed, gone };
    };

    const changeSeries = async (
      accountId: string,
      before: CalendarEvent,
      after: CalendarEvent,
      scope: Scope,
      known?: CalendarEvent,
    ): Promise<boolean> => {
      const seriesId = before.baseEventId ?? before.id;
      try {
        const series = known ?? (await wholeEvent(accountId, seriesId));
        const key = before.recurrenceId ?? before.start;
        const count = scope === "following" ? await countBefore(accountId, series, key) : 0;
        const plan = planSeriesChange(series, before, after, scope, count);
        const patch = difference(before, after);
        const by = readWall(after.start) - readWall(before.start);
        const { start: _, ...rest } = patch;
        const shadow =
          scope === "this"
            ? { changed: new Map([[before.id, after as ListEvent]]) }
            : seriesShadow(accountId, seriesId, scope === "all" ? "" : key, (event) => ({
                ...applyPatch(event, rest),
                start: writeWall(readWall(event.start) + by),
              }));
        const said = t("did.saved", { title: name(after) });
        return (await run(accountId, plan, shadow, said, [series, before, after])) !== null;
      } catch (error) {
        failed(explain(error));
        return false;
      }
    };

    const change: CalendarActions["change"] = async (accountId, before, after, series) => {
      const patch = difference(before, after);
      if (Object.keys(patch).length === 0) return true;
      if (!before.baseEventId) {
        const shadow = { changed: new Map([[before.id, after as ListEvent]]) };
        const said = t("did.saved", { title: name(after) });
        return (await run(accountId, planChange(before, patch), shadow, said, [before, after])) !== null;
      }
      const isMoved = Object.keys(patch).some((path) => path.startsWith("calendarIds"));
      const scope = await askScope(
        "change",
        all.filter((each) => (each === "this" ? mayBeOfOne(patch) : each === "all" || !isMoved)),
      );
      return scope !== null && changeSeries(accountId, before, after, scope, series);
    };

    return {
      create: async (accountId, event) => {
        const shown: ListEvent = { ...event, id: `+${event.uid}` };
        const done = await run(
          accountId,
          planCreate(event),
          { added: [shown] },
          t("did.created", { title: name(event) }),
          [event],
        );
        return done?.created["new"] ?? null;
      },
      change,
      answer: async (accountId, before, after, series) => {
        if (!before.baseEventId) return change(accountId, before, after);
        const scope = await askScope("answer", ["this", "all"]);
        return scope !== null && changeSeries(accountId, before, after, scope, series);
      },
      reschedule: async (occurrence, to, zone) => {
        const { accountId, event } = occurrence;
        const isMeeting = others(accountId, event).length > 0;
        if (isMeeting && !isOrganizer(event, identities(accountId))) {
          failed(t("tell.notYours", { name: organizerName(event) }));
          return false;
        }
        if (isMeeting && !(await askTelling("move", names(accountId, event)))) return false;
        return change(accountId, event as CalendarEvent, rescheduled(occurrence, to, zone) as CalendarEvent);
      },
      remove: async (accountId, { id, baseEventId, title }) => {
        const scope = baseEventId ? await askScope("remove") : "all";
        if (scope === null) return false;
        const said = t("did.removed", { title: name({ title }) });
        try {
          // Whole, so that undo loses nothing of it.
          const event = await wholeEvent(accountId, baseEventId ?? id);
          const instance = baseEventId ? await wholeEvent(accountId, id) : event;
          const isMine = isOrganizer(event, identities(accountId));
          const isMeeting = event.status !== "cancelled" && others(accountId, instance).length > 0;
          const told = isMine ? names(accountId, instance) : organizerName(event);
          if (isMeeting && !(await askTelling(isMine ? "cancel" : "leave", told))) return false;
          const meetings = isMeeting ? [event, instance] : [];
          if (!baseEventId)
            return (await run(accountId, planRemoval(event), { gone: new Set([id]) }, said, meetings)) !== null;
          const plan = planSeriesRemoval(event, instance, scope);
          const from = scope === "all" ? "" : (instance.recurrenceId ?? instance.start);
          const shadow =
            scope === "this" ? { gone: new Set([id]) } : seriesShadow(accountId, baseEventId, from, () => null);
          return (await run(accountId, plan, shadow, said, meetings)) !== null;
        } catch (error) {
          failed(explain(error));
          return false;
        }
      },
    };
  }, [client, t, i18n.language]);
}
