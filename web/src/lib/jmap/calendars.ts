import type { Id, UTCDate } from "./types";

/** The objects of JMAP for Calendars (draft-ietf-jmap-calendars), with events as JSCalendar says them (RFC 8984 and its successor). */

export interface CalendarRights {
  mayReadFreeBusy: boolean;
  mayReadItems: boolean;
  mayWriteAll: boolean;
  mayWriteOwn: boolean;
  mayUpdatePrivate: boolean;
  mayRSVP: boolean;
  mayShare: boolean;
  mayDelete: boolean;
}

export interface Calendar {
  id: Id;
  name: string;
  description: string | null;
  color: string | null;
  sortOrder: number;
  isSubscribed: boolean;
  isVisible: boolean;
  isDefault: boolean;
  includeInAvailability: "all" | "attending" | "none";
  defaultAlertsWithTime: Record<Id, Alert> | null;
  defaultAlertsWithoutTime: Record<Id, Alert> | null;
  timeZone: string | null;
  shareWith: Record<Id, CalendarRights> | null;
  myRights: CalendarRights;
  /** Where its contents come from, where that is elsewhere: docs/protocols/calendar.md. */
  source?: string | null;
  sourceRefreshedAt?: UTCDate | null;
  sourceError?: { type: string; description: string } | null;
}

/** A time on somebody's clock, without a zone: `2026-11-30T14:00:00` (RFC 8984 §1.4.4). */
export type LocalDateTime = string;
/** `PT1H30M`, `P1D` (RFC 8984 §1.4.6). */
export type Duration = string;

/** RFC 8984 §4.5.2. */
export interface Alert {
  "@type"?: "Alert";
  trigger: { "@type"?: string; offset?: string; relativeTo?: "start" | "end"; when?: UTCDate };
  action?: "display" | "email";
  acknowledged?: UTCDate;
  /** A snooze names the alert that it repeats. */
  relatedTo?: Record<Id, { "@type"?: "Relation"; relation: Record<string, boolean> }> | null;
}

/** RFC 8984 §4.3.3. */
export interface RecurrenceRule {
  "@type"?: "RecurrenceRule";
  frequency: "yearly" | "monthly" | "weekly" | "daily" | "hourly" | "minutely" | "secondly";
  interval?: number;
  firstDayOfWeek?: string;
  byDay?: { "@type"?: "NDay"; day: string; nthOfPeriod?: number }[];
  byMonthDay?: number[];
  byMonth?: string[];
  bySetPosition?: number[];
  count?: number;
  until?: LocalDateTime;
  [part: string]: unknown;
}

export interface EventLocation {
  "@type"?: "Location";
  name?: string;
  description?: string;
  coordinates?: string;
}

export interface VirtualLocation {
  "@type"?: "VirtualLocation";
  name?: string;
  uri: string;
}

/** RFC 8984 §4.4.6. */
export interface Participant {
  "@type"?: "Participant";
  name?: string;
  email?: string;
  kind?: string;
  calendarAddress?: string;
  roles?: Record<string, boolean>;
  participationStatus?: "needs-action" | "accepted" | "declined" | "tentative" | "delegated";
  participationComment?: string;
  expectReply?: boolean;
  [property: string]: unknown;
}

/** What an instance of a series says otherwise than the series, by pointers into it (RFC 8984 §4.3.5). */
export type OverridePatch = Record<string, unknown>;

/** A JSCalendar Event. What is not named here is there all the same, and stays. */
/** A file of the event, or what has to do with it elsewhere (RFC 8984 §1.4.11). */
export interface EventLink {
  "@type": "Link";
  href?: string;
  blobId?: Id;
  rel?: string;
  title?: string;
  contentType?: string;
  size?: number;
  [property: string]: unknown;
}

export interface JSEvent {
  "@type"?: "Event";
  uid?: string;
  title?: string;
  description?: string;
  start: LocalDateTime;
  duration?: Duration;
  timeZone?: string | null;
  showWithoutTime?: boolean;
  status?: "confirmed" | "tentative" | "cancelled";
  freeBusyStatus?: "busy" | "free";
  privacy?: "public" | "private" | "secret";
  color?: string;
  locations?: Record<Id, EventLocation>;
  mainLocationId?: Id;
  virtualLocations?: Record<Id, VirtualLocation>;
  participants?: Record<Id, Participant>;
  organizerCalendarAddress?: string;
  links?: Record<Id, EventLink>;
  alerts?: Record<Id, Alert>;
  useDefaultAlerts?: boolean;
  recurrenceRule?: RecurrenceRule;
  recurrenceOverrides?: Record<LocalDateTime, OverridePatch>;
  recurrenceId?: LocalDateTime;
  recurrenceIdTimeZone?: string | null;
  [property: string]: unknown;
}

/** An event, a series, or one instance of a series, which then has the id of its series in `baseEventId`. */
export interface CalendarEvent extends JSEvent {
  id: Id;
  baseEventId?: Id | null;
  calendarIds: Record<Id, boolean>;
  isDraft?: boolean;
  isOrigin?: boolean;
}

/** With `expandRecurrences` both `after` and `before` are given. */
export interface EventFilter {
  inCalendar?: Id;
  after?: LocalDateTime;
  before?: LocalDateTime;
  text?: string;
  uid?: string;
  attendee?: string;
}

export interface ParticipantIdentity {
  id: Id;
  name: string;
  calendarAddress: string;
  isDefault: boolean;
}

/** A time at which somebody is not free; the event where the one who asks may see it. */
export interface BusyPeriod {
  utcStart: UTCDate;
  utcEnd: UTCDate;
  busyStatus: "confirmed" | "tentative" | "unavailable" | null;
  event: { uid?: string } | null;
}

/** An address at which a calendar is published: docs/protocols/calendar.md. */
export interface CalendarLink {
  id: Id;
  calendarId: Id;
  /** Null where it cannot be told any more. */
  url: string | null;
  detail: "full" | "freeBusy";
  name: string | null;
  createdAt: UTCDate;
}

/** What somebody else did to an event (draft-ietf-jmap-calendars, "Calendar Event Notifications"). */
export interface CalendarEventNotification {
  id: Id;
  created: UTCDate;
  changedBy: { name: string; email: string | null; principalId: Id | null; calendarAddress: string | null };
  comment: string | null;
  type: "created" | "updated" | "destroyed";
  /** Null where the event is not there any more. */
  calendarEventId: Id | null;
  /** As it came, or as it was before. */
  event: JSEvent;
  eventPatch: Record<string, unknown> | null;
}
