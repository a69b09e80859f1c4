import { useTranslation } from "react-i18next";
import { eventPropose } from "../../../../lib/calendar/eventPropose";
import { explain } from "../../../../lib/calendar/explain";
import { whenText } from "../../../../lib/calendar/format";
import { type Wall, writeWall } from "../../../../lib/calendar/time";
import { homeZone, moved } from "../../../../lib/calendar/zones";
import type { CalendarEvent } from "../../../../lib/jmap/calendars";
import { ProposeTime as Fields, failed } from "../../../../ui";
import { shownTimes } from "../../state/invitations";

interface ProposeTimeProps {
  accountId: string;
  event: CalendarEvent;
}

/** Another time, proposed to who invites. */
export function ProposeTime({ accountId, event }: ProposeTimeProps) {
  const { i18n } = useTranslation("calendar");
  const { begin, end, isAllDay } = shownTimes(event);
  const zone = event.timeZone ?? homeZone;
  const send = async (wall: Wall, comment: string) => {
    try {
      const start = writeWall(isAllDay ? wall : moved(wall, homeZone, zone));
      await eventPropose(accountId, { id: event.id, start, ...(comment && { comment }) });
      return true;
    } catch (error) {
      failed(explain(error));
      return false;
    }
  };
  return (
    <Fields
      begin={writeWall(begin)}
      isAllDay={isAllDay}
      onSend={send}
      sentText={(wall) => whenText({ begin: wall, end: wall + (end - begin), isAllDay }, i18n.language)}
    />
  );
}
