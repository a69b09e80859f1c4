import { useQuery } from "@tanstack/react-query";
import type { NewEvent } from "../../../../lib/calendar/eventSet";
import { eventQueryOptions } from "../../../../lib/calendar/events";
import type { CalendarEvent } from "../../../../lib/jmap/calendars";
import { SkeletonRows } from "../../../../ui";
import { useCalendar } from "../../state/CalendarContext";
import { draftOfForm, setDraft } from "../../state/draft";
import { cleaned } from "../../state/form";
import { newEvent } from "../../state/location";
import { eventOfDraft } from "../../state/newEvent";
import { difference } from "../../state/patch";
import { EventForm } from "./EventForm";

interface EditorProps {
  accountId: string;
  eventId: string;
}

/** The form over an event that is there, or over a new one. */
export default function Editor({ accountId, eventId }: EditorProps) {
  const { actions, go, location, home, zone, calendars } = useCalendar();
  const isNew = eventId === newEvent;
  const { data: event } = useQuery({ ...eventQueryOptions(accountId, eventId), enabled: !isNew });
  const seriesId = event?.baseEventId ?? "";
  const { data: series } = useQuery({ ...eventQueryOptions(accountId, seriesId), enabled: seriesId !== "" });
  const keptAs = `calendar.form.${accountId}.${eventId}`;

  if (isNew) {
    if (!home) return null;
    const draft = draftOfForm();
    const close = () => {
      setDraft(null);
      go({});
    };
    const create = async (made: CalendarEvent, account: string) => {
      const { id: _, ...wanted } = cleaned(made);
      const pending = actions.create(account, wanted as NewEvent);
      go({ day: wanted.start.slice(0, 10) });
      const id = await pending;
      // What was written is there again, to be mended.
      if (id === null) go({ eventId: newEvent, editing: true });
      else setDraft(null);
      return id !== null;
    };
    return (
      <EventForm
        key={keptAs}
        event={{ ...eventOfDraft(draft, home, zone, location.day), id: newEvent } as CalendarEvent}
        accountId={home.account.id}
        isNew
        keptAs={keptAs}
        onSave={create}
        onClose={close}
      />
    );
  }
  if (!event || (seriesId !== "" && !series)) return <SkeletonRows rows={6} height={72} />;
  // An instance shows the rule of its series, and changes it for all.
  const before: CalendarEvent = series?.recurrenceRule ? { ...event, recurrenceRule: series.recurrenceRule } : event;
  const save = async (after: CalendarEvent, _account: string, base: CalendarEvent) => {
    const wanted = cleaned(after);
    const clean = cleaned(base);
    if (Object.keys(difference(clean, wanted)).length === 0) {
      go({});
      return true;
    }
    const isMine = calendars.of(accountId, Object.keys(before.calendarIds)[0] ?? "")?.account.isPrimary;
    const pending = actions.change(accountId, clean, wanted, series ?? undefined);
    const isSaved = await pending;
    if (isSaved) go({ day: wanted.start.slice(0, 10), accountId: isMine ? null : accountId });
    return isSaved;
  };
  return (
    <EventForm
      key={keptAs}
      event={before}
      accountId={accountId}
      isNew={false}
      keptAs={keptAs}
      onSave={save}
      onClose={() => go({})}
    />
  );
}
