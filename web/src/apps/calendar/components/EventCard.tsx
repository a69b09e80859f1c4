import { ActionIcon, Button, Skeleton, Tooltip } from "@mantine/core";
import {
  IconAlignLeft,
  IconBell,
  IconCalendar,
  IconClock,
  IconEdit,
  IconLock,
  IconMapPin,
  IconPaperclip,
  IconRepeat,
  IconTrash,
  IconUsers,
  IconVideo,
  IconX,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ComponentType, CSSProperties, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { eventQueryOptions } from "../../../lib/calendar/events";
import { timeText, whenText } from "../../../lib/calendar/format";
import { occurrenceOf } from "../../../lib/calendar/occurrence";
import { locationText, videoUri } from "../../../lib/calendar/places";
import { ruleText } from "../../../lib/calendar/rule";
import { readWall } from "../../../lib/calendar/time";
import { cityOf, moved } from "../../../lib/calendar/zones";
import { formatBytes } from "../../../ui";
import { alertText } from "../state/alerts";
import { attachedTo } from "../state/attachments";
import { useCalendar } from "../state/CalendarContext";
import { AnchoredCard } from "./AnchoredCard";
import { Answer } from "./Answer";
import classes from "./EventCard.module.css";
import { People } from "./People";

interface EventCardProps {
  accountId: string;
  eventId: string;
}

/** What there is to know of an event, beside where it stands. */
export function EventCard({ accountId, eventId }: EventCardProps) {
  const { t, i18n } = useTranslation("calendar");
  const { go, zone, calendars, mayWrite, colourOf, actions, location } = useCalendar();
  const { data: event } = useQuery(eventQueryOptions(accountId, eventId));
  const { data: series } = useQuery({
    ...eventQueryOptions(accountId, event?.baseEventId ?? ""),
    enabled: Boolean(event?.baseEventId),
  });
  const close = () => go({});
  const anchor = `[data-event="${accountId}.${eventId}"]`;
  if (event === undefined)
    return (
      <AnchoredCard anchor={anchor} label={t("card.loading")} onClose={close}>
        <div className={classes.card}>
          <Skeleton height={20} width="70%" my="md" mx="md" />
          <Skeleton height={12} width="50%" mb="xl" mx="md" />
        </div>
      </AnchoredCard>
    );
  if (event === null)
    return (
      <AnchoredCard anchor={anchor} label={t("card.gone")} onClose={close}>
        <p className={classes.gone}>{t("card.gone")}</p>
      </AnchoredCard>
    );

  const occurrence = occurrenceOf(accountId, event, zone);
  const entry = calendars.of(accountId, occurrence.calendarId);
  const isWritable = mayWrite(occurrence);
  const title = event.title?.trim() || t("unnamed");
  const place = locationText(event);
  const video = videoUri(event);
  const rule = event.recurrenceRule ?? series?.recurrenceRule;
  const own = event.timeZone;
  const isElsewhere = !occurrence.isAllDay && own && moved(readWall(event.start), own, zone) !== readWall(event.start);
  const alerts = Object.values(
    (event.useDefaultAlerts
      ? occurrence.isAllDay
        ? entry?.calendar.defaultAlertsWithoutTime
        : entry?.calendar.defaultAlertsWithTime
      : event.alerts) ?? {},
  );
  const attached = attachedTo(event);
  const edit = () => go({ eventId, accountId: location.accountId, editing: true });
  const remove = async () => {
    close();
    await actions.remove(accountId, event);
  };
  return (
    <AnchoredCard anchor={anchor} label={title} onClose={close}>
      <article className={classes.card} style={{ "--event": colourOf(occurrence) } as CSSProperties}>
        <div className={classes.tools}>
          {isWritable && (
            <>
              <Tool label={t("card.edit")} icon={IconEdit} onClick={edit} />
              <Tool label={t("card.remove")} icon={IconTrash} onClick={() => void remove()} />
            </>
          )}
          <Tool label={t("close")} icon={IconX} onClick={close} />
        </div>
        <div className={classes.head}>
          <span className={classes.swatch} aria-hidden />
          <div className={classes.what}>
            <h2 className={classes.title} data-cancelled={event.status === "cancelled" || undefined}>
              {title}
            </h2>
            {event.status === "cancelled" && <p className={classes.soft}>{t("card.cancelled")}</p>}
            {event.status === "tentative" && <p className={classes.soft}>{t("card.tentative")}</p>}
          </div>
        </div>
        <div className={classes.lines}>
          <Line icon={IconClock}>
            <p>{whenText(occurrence, i18n.language)}</p>
            {isElsewhere && (
              <p className={classes.soft}>
                {t("card.elsewhere", { time: timeText(readWall(event.start)), city: cityOf(own) })}
              </p>
            )}
          </Line>
          {rule && (
            <Line icon={IconRepeat}>
              <p>{ruleText(rule, (series ?? event).start.slice(0, 10), t, i18n.language)}</p>
            </Line>
          )}
          {video && (
            <Line icon={IconVideo}>
              <a href={video} target="_blank" rel="noreferrer noopener">
                {t("card.join")}
              </a>
            </Line>
          )}
          {place && (
            <Line icon={IconMapPin}>
              {/^https?:\/\/\S+$/.test(place) ? (
                <a href={place} target="_blank" rel="noreferrer noopener">
                  {place}
                </a>
              ) : (
                <p>{place}</p>
              )}
            </Line>
          )}
          {event.participants && Object.keys(event.participants).length > 0 && (
            <Line icon={IconUsers}>
              <People event={event} />
            </Line>
          )}
          {alerts.length > 0 && (
            <Line icon={IconBell}>
              {alerts.map((alert) => (
                <p key={JSON.stringify(alert.trigger)}>{alertText(alert, t, i18n.language)}</p>
              ))}
            </Line>
          )}
          {attached.length > 0 && (
            <Line icon={IconPaperclip}>
              <ul className={classes.files} aria-label={t("files.label")}>
                {attached.map(({ key, name, size, href }) => (
                  <li key={key}>
                    {href ? (
                      <a href={href} download={name} target="_blank" rel="noreferrer noopener">
                        {name}
                      </a>
                    ) : (
                      name
                    )}
                    {size !== null && <span className={classes.soft}> · {formatBytes(size)}</span>}
                  </li>
                ))}
              </ul>
            </Line>
          )}
          {event.description && (
            <Line icon={IconAlignLeft}>
              <p className={classes.description}>{event.description}</p>
            </Line>
          )}
          <Line icon={IconCalendar}>
            <p>
              {entry?.calendar.name ?? ""}
              {entry && !entry.account.isPrimary && <span className={classes.soft}> · {entry.account.name}</span>}
              {event.freeBusyStatus === "free" && <span className={classes.soft}> · {t("fields.free")}</span>}
            </p>
            {!isWritable && <p className={classes.soft}>{t("card.readOnly")}</p>}
          </Line>
          {event.privacy && event.privacy !== "public" && (
            <Line icon={IconLock}>
              <p>{t("fields.private")}</p>
            </Line>
          )}
        </div>
        <Answer accountId={accountId} event={event} series={series ?? null} />
        {isWritable && (
          <div className={classes.foot}>
            <Button size="compact-md" variant="light" data-autofocus onClick={edit}>
              {t("card.edit")}
            </Button>
          </div>
        )}
      </article>
    </AnchoredCard>
  );
}

interface ToolProps {
  label: string;
  icon: ComponentType<{ className?: string; "aria-hidden"?: boolean }>;
  onClick(): void;
}

function Tool({ label, icon: Icon, onClick }: ToolProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} onClick={onClick}>
        <Icon className={classes.icon ?? ""} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

function Line({ icon: Icon, children }: { icon: ToolProps["icon"]; children: ReactNode }) {
  return (
    <div className={classes.line}>
      <Icon className={classes.lineIcon ?? ""} aria-hidden />
      <div className={classes.lineText}>{children}</div>
    </div>
  );
}
