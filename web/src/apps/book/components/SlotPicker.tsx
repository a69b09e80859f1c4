import { ActionIcon, Button, Loader, Select, Text } from "@mantine/core";
import { IconChevronLeft, IconChevronRight, IconWorld } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { dayText, monthYearText, timeText, weekdayText } from "../../../lib/calendar/format";
import { addDays, addMonths, type Day, dayOf, startOfMonth, wallOf } from "../../../lib/calendar/time";
import { allZones, momentOf, offsetText, wallAt } from "../../../lib/calendar/zones";
import { type Offer, slotsOf } from "../api/ask";
import { weeksOf } from "../state/month";
import classes from "./Book.module.css";
import { Refusal } from "./Refusal";

/** What of the picker is shown; kept outside of it, for whoever comes back to it. */
export interface SlotView {
  month: Day | null;
  day: Day | null;
  /** Months are left for the next where nothing is free in them, until the guest turns the pages. */
  isLooking: boolean;
}

export const freshView: SlotView = { month: null, day: null, isLooking: true };

interface SlotPickerProps {
  /** `pages/TOKEN`, or `bookings/SECRET`. */
  place: string;
  offer: Offer;
  zone: string;
  view: SlotView;
  onView(view: SlotView): void;
  onZone(zone: string): void;
  onPick(moment: number): void;
}

/** A month whose free days stand out, and the times of the day that is chosen, on the guest's own clock. */
export function SlotPicker({ place, offer, zone, view, onView, onZone, onPick }: SlotPickerProps) {
  const { t, i18n } = useTranslation("book");
  const first = startOfMonth(dayOf(wallAt(Date.parse(offer.first), zone)));
  const last = startOfMonth(dayOf(wallAt(momentOf(wallOf(addDays(offer.lastDay, 1)), offer.timeZone) - 1, zone)));
  // The one in the middle: another zone may have another first month, or last.
  const month = [first, view.month ?? first, last].toSorted()[1] ?? first;
  const slots = useQuery({
    queryKey: ["book", place, "slots", month, zone],
    queryFn: () => slotsOf(place, momentOf(wallOf(month), zone), momentOf(wallOf(addMonths(month, 1)), zone)),
    staleTime: 30_000,
  });
  const isEmpty = slots.isSuccess && slots.data.length === 0;
  const { isLooking } = view;
  useEffect(() => {
    if (isEmpty && isLooking && month < last) onView({ month: addMonths(month, 1), day: null, isLooking: true });
  }, [isEmpty, isLooking, month, last, onView]);
  const isWaiting = slots.isPending || (isEmpty && isLooking && month < last);

  const days = new Map<Day, number[]>();
  for (const slot of slots.data ?? []) {
    const day = dayOf(wallAt(slot, zone));
    days.set(day, [...(days.get(day) ?? []), slot]);
  }
  const day = view.day && days.has(view.day) ? view.day : [...days.keys()][0];
  const turn = (count: number) => onView({ month: addMonths(month, count), day: null, isLooking: false });
  const weeks = weeksOf(month);
  const now = Date.now();
  return (
    <div className={classes.pick}>
      <div className={classes.days}>
        <div className={classes.head}>
          <h2 className={classes.month} aria-live="polite">
            {monthYearText(month, i18n.language)}
          </h2>
          {isWaiting && <Loader size="xs" aria-label={t("loading")} />}
          <ActionIcon aria-label={t("previous")} disabled={month <= first} onClick={() => turn(-1)}>
            <IconChevronLeft className={classes.symbol} />
          </ActionIcon>
          <ActionIcon aria-label={t("next")} disabled={month >= last} onClick={() => turn(1)}>
            <IconChevronRight className={classes.symbol} />
          </ActionIcon>
        </div>
        <table
          className={classes.table}
          data-waiting={isWaiting || undefined}
          aria-label={t("month", { month: monthYearText(month, i18n.language) })}
        >
          <thead>
            <tr>
              {Array.from({ length: 7 }, (_, at) => addDays("2026-03-02", at)).map((each) => (
                <th key={each} scope="col" className={classes.weekday}>
                  <abbr title={weekdayText(each, i18n.language, "long")} style={{ textDecoration: "none" }}>
                    {weekdayText(each, i18n.language)}
                  </abbr>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weeks.map((week) => (
              <tr key={week.find(Boolean)}>
                {week.map((each, at) => (
                  <td key={each ?? at} className={classes.cell}>
                    {each && (
                      <DayButton
                        day={each}
                        free={days.get(each)?.length ?? 0}
                        isChosen={each === day}
                        onChoose={() => onView({ month, day: each, isLooking: false })}
                      />
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <section className={classes.choices} aria-live="polite">
        {slots.isError && <Refusal error={slots.error} onRetry={() => void slots.refetch()} />}
        {day && (
          <>
            <h2 className={classes.timesTitle}>{dayText(day, i18n.language)}</h2>
            <ul className={classes.times} aria-label={t("times", { day: dayText(day, i18n.language) })}>
              {(days.get(day) ?? []).map((slot) => (
                <li key={slot}>
                  <Button
                    fullWidth
                    variant="default"
                    size="md"
                    onClick={() => {
                      onView({ month, day, isLooking: false });
                      onPick(slot);
                    }}
                  >
                    {timeText(wallAt(slot, zone))}
                  </Button>
                </li>
              ))}
            </ul>
          </>
        )}
        {isEmpty && !isWaiting && (
          <>
            <Text c="dimmed" mb="sm">
              {t(first === last ? "noTimesAtAll" : "noTimes")}
            </Text>
            {month < last && (
              <Button variant="default" onClick={() => turn(1)}>
                {t("noTimesNext")}
              </Button>
            )}
          </>
        )}
      </section>
      <Select
        className={classes.zone}
        label={t("zone")}
        leftSection={<IconWorld className={classes.symbol} />}
        searchable
        limit={60}
        allowDeselect={false}
        value={zone}
        data={allZonesWith(zone).map((each) => ({
          value: each,
          label: `${each.replaceAll("_", " ")} · ${offsetText(now, each)}`,
        }))}
        onChange={(each) => each && onZone(each)}
      />
    </div>
  );
}

interface DayButtonProps {
  day: Day;
  free: number;
  isChosen: boolean;
  onChoose(): void;
}

function DayButton({ day, free, isChosen, onChoose }: DayButtonProps) {
  const { t, i18n } = useTranslation("book");
  const text = dayText(day, i18n.language);
  return (
    <button
      type="button"
      className={classes.day}
      disabled={free === 0}
      aria-pressed={isChosen}
      aria-label={free > 0 ? t("dayFree", { day: text, count: free }) : t("dayFull", { day: text })}
      onClick={onChoose}
    >
      {Number(day.slice(8))}
    </button>
  );
}

function allZonesWith(zone: string): string[] {
  const known = allZones();
  return known.includes(zone) ? known : [zone, ...known];
}
