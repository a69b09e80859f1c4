import { Button } from "@mantine/core";
import { IconCalendarPlus, IconPencilPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { identitiesQuery } from "../../../lib/calendar/events";
import { dayText } from "../../../lib/calendar/format";
import { addDays, dayOf } from "../../../lib/calendar/time";
import { useAccounts } from "../../../lib/calendar/useAccounts";
import { useNow } from "../../../lib/calendar/useNow";
import { homeZone } from "../../../lib/calendar/zones";
import { useCapability } from "../../../lib/jmap";
import { navigateTo, usePageTitle, useShortcuts } from "../../../shell";
import { DayCard } from "../components/DayCard";
import { UnreadCard } from "../components/UnreadCard";
import { WaitingCard } from "../components/WaitingCard";
import { greetingAt } from "../state/agenda";
import { useAgenda, useUnreadPush } from "../state/useHome";
import classes from "./HomeScreen.module.css";

// i18n: home:greeting.*
/** What the day brings: its events and those of tomorrow, what waits for an answer, what is unread. */
export function HomeScreen() {
  const { t, i18n } = useTranslation("home");
  const now = useNow(homeZone);
  const today = dayOf(now);
  const agenda = useAgenda(today);
  const hasCalendar = useCapability("urn:ietf:params:jmap:calendars");
  const hasMail = useCapability("urn:ietf:params:jmap:mail");
  const accountId = useAccounts().find(({ isPrimary }) => isPrimary)?.id ?? "";
  const { data: identities } = useQuery({ ...identitiesQuery(accountId), enabled: accountId !== "" });
  const name = identities?.[0]?.name.trim().split(/\s+/)[0] ?? "";
  usePageTitle(t("title"));
  useUnreadPush();

  const write = () => navigateTo("/mail/inbox?compose=mailto:");
  const plan = () => navigateTo(`/calendar/day/${today}/new/edit`);
  useShortcuts("home:title", [
    ...(hasMail ? [{ keys: "c", labelId: "home:write", run: write }] : []),
    ...(hasCalendar ? [{ keys: "n", labelId: "home:plan", run: plan }] : []),
  ]);
  const greeting = t(`greeting.${greetingAt(now)}`);

  return (
    <div className={classes.screen}>
      <div className={classes.column}>
        <header className={classes.head}>
          <div className={classes.hello}>
            <h1 className={classes.greeting}>{name ? t("greetingName", { greeting, name }) : greeting}</h1>
            <p className={classes.date}>{dayText(today, i18n.language)}</p>
          </div>
          <div className={classes.actions}>
            {hasMail && (
              <Button leftSection={<IconPencilPlus className={classes.icon} />} onClick={write}>
                {t("write")}
              </Button>
            )}
            {hasCalendar && (
              <Button variant="default" leftSection={<IconCalendarPlus className={classes.icon} />} onClick={plan}>
                {t("plan")}
              </Button>
            )}
          </div>
        </header>
        <div className={classes.grid}>
          {hasCalendar && (
            <div className={classes.side}>
              <DayCard title={t("today")} day={today} events={agenda?.today ?? null} now={now} isToday />
              <DayCard title={t("tomorrow")} day={addDays(today, 1)} events={agenda?.tomorrow ?? null} now={now} />
            </div>
          )}
          <div className={classes.side}>
            {hasCalendar && <WaitingCard today={today} />}
            {hasMail && <UnreadCard />}
          </div>
        </div>
      </div>
    </div>
  );
}
