import { Button, Menu, ScrollArea } from "@mantine/core";
import { IconBox, IconDoor, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { calendarKeys } from "../../../../lib/calendar/keys";
import { dayOf, minute } from "../../../../lib/calendar/time";
import { type Room, roomsGet } from "../../api/roomsGet";
import type { Span } from "../../state/freeTime";
import { standingAt, useAvailability } from "../../state/useAvailability";
import classes from "./EventForm.module.css";
import { StandingChip } from "./StandingChip";

interface RoomsFieldProps {
  /** When the event is, on the clock of a zone. */
  span: Span;
  zone: string;
  /** Who is in it already, by address. */
  taken: ReadonlySet<string>;
  onAdd(room: Room & { email: string }): void;
}

/** Rooms and things to book, with whether they are free. Not there where the workplace has none. */
export function RoomsField({ span, zone, taken, onAdd }: RoomsFieldProps) {
  const { t } = useTranslation("calendar");
  const [isOpen, setOpen] = useState(false);
  const { data: rooms = [] } = useQuery({ queryKey: calendarKeys.rooms, queryFn: roomsGet, staleTime: 5 * minute });
  const offered = rooms.filter(
    (room): room is Room & { email: string } => room.email !== null && !taken.has(room.email.toLowerCase()),
  );
  if (offered.length === 0) return null;
  return (
    <Menu opened={isOpen} onChange={setOpen} position="bottom-start" width={340}>
      <Menu.Target>
        <Button
          className={classes.add}
          variant="subtle"
          size="compact-md"
          leftSection={<IconPlus className={classes.icon} />}
        >
          {t("rooms.add")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <ScrollArea.Autosize mah={320} type="auto">
          {isOpen && <RoomItems rooms={offered} span={span} zone={zone} onAdd={onAdd} />}
        </ScrollArea.Autosize>
      </Menu.Dropdown>
    </Menu>
  );
}

interface RoomItemsProps {
  rooms: readonly (Room & { email: string })[];
  span: Span;
  zone: string;
  onAdd(room: Room & { email: string }): void;
}

function RoomItems({ rooms, span, zone, onAdd }: RoomItemsProps) {
  const list = rooms.map(({ email }) => email).join(" ");
  const addresses = useMemo(() => list.split(" "), [list]);
  const times = useAvailability(addresses, dayOf(span.begin), zone, null);
  return rooms.map((room, at) => {
    const known = times[at];
    const Icon = room.type === "location" ? IconDoor : IconBox;
    return (
      <Menu.Item
        key={room.id}
        leftSection={<Icon className={classes.icon} aria-hidden />}
        rightSection={<StandingChip standing={known && standingAt(known, span)} />}
        onClick={() => onAdd(room)}
      >
        <span className={classes.personName}>
          {room.name}
          {room.description && <span className={classes.personAddress}>{room.description}</span>}
        </span>
      </Menu.Item>
    );
  });
}
