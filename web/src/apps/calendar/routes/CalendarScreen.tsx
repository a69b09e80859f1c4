import { ActionIcon, Button, Drawer, Skeleton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconAlertTriangle, IconPlus, IconSearch } from "@tabler/icons-react";
import { useQueries } from "@tanstack/react-query";
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { identitiesQuery } from "../../../lib/calendar/events";
import { explain } from "../../../lib/calendar/explain";
import type { Occurrence } from "../../../lib/calendar/occurrence";
import { invitedAs } from "../../../lib/calendar/people";
import { daysBetween, daysFrom } from "../../../lib/calendar/time";
import type { CalendarAccount } from "../../../lib/calendar/useAccounts";
import { useNow } from "../../../lib/calendar/useNow";
import { homeZone } from "../../../lib/calendar/zones";
import { persistently } from "../../../lib/persistently";
import { usePageTitle } from "../../../shell";
import { EmptyState, SkeletonRows, useIsPhone } from "../../../ui";
import { AgendaView } from "../components/agenda/AgendaView";
import { Dialogs } from "../components/Dialogs";
import { DraftCard } from "../components/DraftCard";
import { EventCard } from "../components/EventCard";
import { TimeGrid } from "../components/grid/TimeGrid";
import { MonthView } from "../components/month/MonthView";
import { SidePane } from "../components/SidePane";
import { titleOf, ViewHeader } from "../components/ViewHeader";
import { YearView } from "../components/year/YearView";
import { ZonesDialog } from "../components/ZonesDialog";
import { CalendarContext, type CalendarScreenState } from "../state/CalendarContext";
import { openDialog } from "../state/dialogs";
import { setDraft, useDraft } from "../state/draft";
import { newEvent, today, useCalendarLocation } from "../state/location";
import { agendaDays, daysOf, page } from "../state/range";
import { useCalendarActions } from "../state/useCalendarActions";
import { useCalendarShortcuts } from "../state/useCalendarShortcuts";
import { useCalendars } from "../state/useCalendars";
import { useOccurrences } from "../state/useOccurrences";
import { searchedDays, useSearch } from "../state/useSearch";
import classes from "./CalendarScreen.module.css";

const Editor = lazy(() => persistently(() => import("../components/editor/Editor")));

/** Where the side pane stands beside the view. */
const wide = "(min-width: 68em)";

/** The view of the calendar that is open, with a month to go by and the calendars beside it. */
export function CalendarScreen({ accounts }: { accounts: CalendarAccount[] }) {
  const { t, i18n } = useTranslation("calendar");
  const isPhone = useIsPhone();
  const isWide = useMediaQuery(wide, undefined, { getInitialValueInEffect: false }) ?? true;
  const [location, go] = useCalendarLocation();
  const now = useNow(homeZone);
  const calendars = useCalendars(accounts);
  // Who one is tells whom a change concerns beside oneself.
  const identities = useQueries({ queries: accounts.map(({ id }) => identitiesQuery(id)) });
  const actions = useCalendarActions();
  const draft = useDraft();
  const [drawer, setDrawer] = useState(false);
  const [zones, setZones] = useState(false);
  const [agendaLength, setAgendaLength] = useState(agendaDays);

  // A narrow page has no room for seven days beside one another.
  const view = isPhone && ["week", "work", "year"].includes(location.view) ? "day" : location.view;
  const { day } = location;
  const days = useMemo(
    () => (view === "agenda" ? daysFrom(day, agendaLength) : daysOf(view, day)),
    [view, day, agendaLength],
  );
  const [from, to] = [days[0] ?? day, days.at(-1) ?? day];
  const events = useOccurrences(accounts, from, to, homeZone);
  const search = useSearch(accounts, location.search, today(homeZone), homeZone);

  const isVisible = useCallback(
    ({ accountId, calendarId }: Occurrence) => calendars.of(accountId, calendarId)?.calendar.isVisible ?? false,
    [calendars],
  );
  const shown = useMemo(() => events.all.filter(isVisible), [events.all, isVisible]);
  const home = useMemo(() => {
    const writable = calendars.entries.filter(({ mayWrite }) => mayWrite);
    return writable.find(({ account, calendar }) => account.isPrimary && calendar.isDefault) ?? writable[0] ?? null;
  }, [calendars]);
  const mayWrite = useCallback(
    ({ accountId, calendarId, event }: Occurrence) =>
      !event.id.startsWith("+") && (calendars.of(accountId, calendarId)?.mayWrite ?? false),
    [calendars],
  );
  const colourOf = useCallback(
    ({ accountId, calendarId, event }: Pick<Occurrence, "accountId" | "calendarId" | "event">) =>
      event.color ?? calendars.of(accountId, calendarId)?.colour ?? "currentColor",
    [calendars],
  );
  const known = identities.map(({ dataUpdatedAt }) => dataUpdatedAt).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the identities are told by when they came
  const answerOf = useCallback(
    ({ accountId, event }: Pick<Occurrence, "accountId" | "event">) => {
      const at = accounts.findIndex(({ id }) => id === accountId);
      const id = event.participants ? invitedAs(event, identities[at]?.data ?? []) : null;
      return id === null ? null : (event.participants?.[id]?.participationStatus ?? "needs-action");
    },
    [accounts, known],
  );
  const context = useMemo(
    (): CalendarScreenState => ({
      accounts,
      calendars,
      zone: homeZone,
      now,
      location: { ...location, view },
      go,
      actions,
      home,
      mayWrite,
      colourOf,
      answerOf,
    }),
    [accounts, calendars, now, location, view, go, actions, home, mayWrite, colourOf, answerOf],
  );

  const openAccount = location.accountId ?? accounts[0]?.id ?? "";
  const openEvent = shown.find(({ accountId, event }) => accountId === openAccount && event.id === location.eventId);
  const isForm = location.eventId !== null && location.editing;
  const create = useCallback(() => openDialog({ kind: "quick" }), []);
  // What is being made in one view is not in another.
  // biome-ignore lint/correctness/useExhaustiveDependencies: going elsewhere ends it
  useEffect(() => {
    if (draft?.place === "grid") setDraft(null);
  }, [view, day, location.search]);
  useCalendarShortcuts({
    go: (next) => !isForm && go({ view: next }),
    today: () => !isForm && go({ day: today(homeZone) }),
    page: (by) => !isForm && go({ day: page(view, day, by) }),
    create: () => !isForm && home && create(),
    edit: () =>
      openEvent &&
      mayWrite(openEvent) &&
      go({ eventId: location.eventId, accountId: location.accountId, editing: true }),
    remove: () => {
      if (!openEvent || !mayWrite(openEvent) || isForm) return;
      go({});
      void actions.remove(openAccount, openEvent.event);
    },
    close: () => !isForm && location.eventId !== null && go({}),
  });
  usePageTitle(openEvent?.event.title?.trim() || titleOf(view, day, i18n.language));

  const error = calendars.error ?? events.error;
  const isEmpty = calendars.entries.length === 0 || (events.isPending && events.all.length === 0);
  const { from: searchedFrom, to: searchedTo } = searchedDays(today(homeZone));
  return (
    <CalendarContext value={context}>
      <div className={classes.screen}>
        {isWide && (
          <div className={classes.side}>
            <SidePane onCreate={create} />
          </div>
        )}
        <section className={classes.main} aria-label={t("title")}>
          {isForm && location.eventId !== null ? (
            <Suspense fallback={<SkeletonRows />}>
              <Editor key={location.eventId} accountId={openAccount} eventId={location.eventId} />
            </Suspense>
          ) : (
            <>
              <ViewHeader onMenu={isWide ? null : () => setDrawer(true)} onZones={() => setZones(true)} />
              <div className={classes.view}>
                {error && isEmpty ? (
                  <EmptyState
                    icon={IconAlertTriangle}
                    title={t("failed")}
                    text={explain(error)}
                    action={<Button onClick={events.refetch}>{t("retry")}</Button>}
                  />
                ) : location.search !== null ? (
                  search.isPending ? (
                    <SkeletonRows rows={8} height={56} />
                  ) : (
                    <AgendaView
                      days={daysFrom(searchedFrom, daysBetween(searchedFrom, searchedTo) + 1)}
                      occurrences={search.found}
                      label={t("search.results")}
                      empty={
                        <EmptyState
                          icon={IconSearch}
                          title={t("search.emptyTitle")}
                          text={t("search.emptyText")}
                          action={
                            <Button variant="default" onClick={() => go({ search: null })}>
                              {t("search.clear")}
                            </Button>
                          }
                        />
                      }
                    />
                  )
                ) : view === "month" ? (
                  <MonthView day={day} occurrences={shown} />
                ) : view === "year" ? (
                  <YearView year={day.slice(0, 4)} occurrences={shown} />
                ) : view === "agenda" ? (
                  <AgendaView
                    days={days}
                    occurrences={shown}
                    label={t("views.agenda")}
                    empty={events.isPending ? <SkeletonRows rows={8} height={56} /> : undefined}
                    onMore={agendaLength < 600 ? () => setAgendaLength(agendaLength + agendaDays) : undefined}
                  />
                ) : (
                  <TimeGrid key={`${view}.${days.length}`} days={days} occurrences={shown} />
                )}
                {events.isPending && view !== "agenda" && location.search === null && (
                  <div className={classes.loading} role="status" aria-label={t("loading")}>
                    <Skeleton height={3} radius={0} />
                  </div>
                )}
              </div>
              {isPhone && home && (
                <ActionIcon
                  className={classes.float}
                  size="xl"
                  radius="xl"
                  variant="filled"
                  color="pine"
                  aria-label={t("create")}
                  onClick={create}
                >
                  <IconPlus className={classes.icon} />
                </ActionIcon>
              )}
            </>
          )}
        </section>
      </div>
      {location.eventId !== null && location.eventId !== newEvent && !location.editing && (
        <EventCard key={location.eventId} accountId={openAccount} eventId={location.eventId} />
      )}
      {draft?.place === "grid" && !isForm && <DraftCard key={draft.begin} draft={draft} />}
      <Drawer.Root opened={drawer && !isWide} onClose={() => setDrawer(false)} size="xs" padding={0}>
        <Drawer.Overlay />
        <Drawer.Content aria-label={t("pane.label")}>
          <Drawer.Body className={classes.drawer ?? ""}>
            <SidePane onCreate={create} onGone={() => setDrawer(false)} />
          </Drawer.Body>
        </Drawer.Content>
      </Drawer.Root>
      {zones && <ZonesDialog onClose={() => setZones(false)} />}
      <Dialogs />
    </CalendarContext>
  );
}
