import { IconLock } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { eventPropose } from "../../../../lib/calendar/eventPropose";
import { eventQueryOptions } from "../../../../lib/calendar/events";
import { explain } from "../../../../lib/calendar/explain";
import { whenText } from "../../../../lib/calendar/format";
import { occurrenceOf } from "../../../../lib/calendar/occurrence";
import { organizerName } from "../../../../lib/calendar/people";
import { type Wall, writeWall } from "../../../../lib/calendar/time";
import { moved } from "../../../../lib/calendar/zones";
import type { CalendarEvent } from "../../../../lib/jmap/calendars";
import { failed, ProposeTime } from "../../../../ui";
import { useCalendar } from "../../state/CalendarContext";
import { Answer } from "../Answer";
import classes from "./EventForm.module.css";

/** Why a guest may not change most of an event, and what they may do instead. */
export function GuestNotice({ accountId, event }: { accountId: string; event: CalendarEvent }) {
  const { t, i18n } = useTranslation("calendar");
  const { zone } = useCalendar();
  const seriesId = event.baseEventId ?? "";
  const { data: series } = useQuery({ ...eventQueryOptions(accountId, seriesId), enabled: seriesId !== "" });
  const { begin, end, isAllDay } = occurrenceOf(accountId, event, zone);
  const propose = async (wall: Wall, comment: string) => {
    try {
      const start = writeWall(isAllDay ? wall : moved(wall, zone, event.timeZone ?? zone));
      await eventPropose(accountId, { id: event.id, start, ...(comment && { comment }) });
      return true;
    } catch (error) {
      failed(explain(error));
      return false;
    }
  };
  return (
    <section className={classes.guest} aria-label={t("guest.title")}>
      <p className={classes.guestText}>
        <IconLock className={classes.guestIcon} stroke={1.6} aria-hidden />
        <span>{t("guest.text", { name: organizerName(event) })}</span>
      </p>
      <Answer accountId={accountId} event={event} series={series ?? null} />
      {event.status !== "cancelled" && (
        <ProposeTime
          begin={writeWall(begin)}
          isAllDay={isAllDay}
          onSend={propose}
          sentText={(wall) => whenText({ begin: wall, end: wall + (end - begin), isAllDay }, i18n.language)}
        />
      )}
    </section>
  );
}
