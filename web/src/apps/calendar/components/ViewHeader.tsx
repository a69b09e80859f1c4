import { ActionIcon, Button, Menu, SegmentedControl } from "@mantine/core";
import {
  IconCalendarDue,
  IconChevronLeft,
  IconChevronRight,
  IconDots,
  IconMenu2,
  IconPrinter,
  IconSearch,
  IconWorld,
} from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { daysText, dayText, monthYearText } from "../../../lib/calendar/format";
import { LazyMenu, useIsPhone } from "../../../ui";
import { useCalendar } from "../state/CalendarContext";
import { today, type View, views } from "../state/location";
import { preferCalendar, usePreferences } from "../state/preferences";
import { daysOf, page } from "../state/range";
import { SearchBox } from "./SearchBox";
import classes from "./ViewHeader.module.css";

interface ViewHeaderProps {
  /** Opens the side pane, where it does not stand beside. */
  onMenu: (() => void) | null;
  onZones(): void;
}

// i18n: calendar:views.*
/** Where one is, and the ways to go from there. */
export function ViewHeader({ onMenu, onZones }: ViewHeaderProps) {
  const { t, i18n } = useTranslation("calendar");
  const { location, go, zone } = useCalendar();
  const { weekNumbers } = usePreferences();
  const isPhone = useIsPhone();
  const [isSearching, setSearching] = useState(false);
  const { view, day } = location;
  const offered: readonly View[] = isPhone ? ["day", "agenda", "month"] : views;
  return (
    <header className={classes.header}>
      {onMenu && (
        <ActionIcon size="lg" aria-label={t("pane.open")} onClick={onMenu}>
          <IconMenu2 className={classes.icon} />
        </ActionIcon>
      )}
      {isPhone ? (
        <ActionIcon size="lg" aria-label={t("today")} onClick={() => go({ day: today(zone) })}>
          <IconCalendarDue className={classes.icon} />
        </ActionIcon>
      ) : (
        <Button variant="default" size="sm" onClick={() => go({ day: today(zone) })}>
          {t("today")}
        </Button>
      )}
      <div className={classes.pages}>
        <ActionIcon size="lg" aria-label={t("previous")} onClick={() => go({ day: page(view, day, -1) })}>
          <IconChevronLeft className={classes.icon} />
        </ActionIcon>
        <ActionIcon size="lg" aria-label={t("next")} onClick={() => go({ day: page(view, day, 1) })}>
          <IconChevronRight className={classes.icon} />
        </ActionIcon>
      </div>
      <h1 className={classes.title} aria-live="polite">
        {titleOf(view, day, i18n.language)}
      </h1>
      {(!isPhone || isSearching || location.search !== null) && <SearchBox />}
      <SegmentedControl
        className={classes.views ?? ""}
        size={isPhone ? "xs" : "sm"}
        aria-label={t("views.label")}
        value={offered.includes(view) ? view : "day"}
        data={offered.map((each) => ({ value: each, label: t(`views.${each}`) }))}
        onChange={(value) => go({ view: value as View })}
      />
      {isPhone && (
        <ActionIcon
          size="lg"
          aria-label={t("search.label")}
          aria-expanded={isSearching}
          onClick={() => {
            if (isSearching && location.search !== null) go({ search: null });
            setSearching(!isSearching);
          }}
        >
          <IconSearch className={classes.icon} />
        </ActionIcon>
      )}
      <LazyMenu label={t("moreActions")} icon={<IconDots className={classes.icon} />} position="bottom-end">
        <Menu.Item leftSection={<IconWorld className={classes.icon} />} onClick={onZones}>
          {t("zones.open")}
        </Menu.Item>
        <Menu.Item onClick={() => preferCalendar({ weekNumbers: !weekNumbers })}>
          {t(weekNumbers ? "weekNumbersOff" : "weekNumbersOn")}
        </Menu.Item>
        <Menu.Item leftSection={<IconPrinter className={classes.icon} />} onClick={() => print()}>
          {t("print")}
        </Menu.Item>
      </LazyMenu>
    </header>
  );
}

export function titleOf(view: View, day: string, language: string): string {
  const days = daysOf(view, day);
  switch (view) {
    case "day":
    case "agenda":
      return dayText(day, language);
    case "month":
      return monthYearText(day, language);
    case "year":
      return day.slice(0, 4);
    default:
      return daysText(days[0] ?? day, days.at(-1) ?? day, language);
  }
}
