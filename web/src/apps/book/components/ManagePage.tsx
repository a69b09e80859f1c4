import { Button, Group, Text } from "@mantine/core";
import { IconCalendarPlus } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { whenText } from "../../../lib/calendar/format";
import { homeZone, wallAt } from "../../../lib/calendar/zones";
import { type Booking, bookingOf, cancel, fileOf, move, Refused } from "../api/ask";
import classes from "./Book.module.css";
import { Frame, FrameSkeleton } from "./Frame";
import { Gone } from "./Gone";
import { Refusal } from "./Refusal";
import { freshView, SlotPicker } from "./SlotPicker";
import { useTitle } from "./useTitle";
import { When } from "./When";

interface ManagePageProps {
  secret: string;
  /** It was booked a moment ago. */
  isNew: boolean;
}

/** The page of a booking: its guest sees it, moves it, cancels it. */
export function ManagePage({ secret, isNew }: ManagePageProps) {
  const booking = useQuery({ queryKey: ["book", "bookings", secret], queryFn: () => bookingOf(secret) });
  if (booking.isPending) return <FrameSkeleton />;
  if (booking.isError) return <Gone error={booking.error} onRetry={() => void booking.refetch()} />;
  return <Managed secret={secret} booking={booking.data} isNew={isNew} />;
}

type Doing = "seeing" | "moving" | "cancelling";

function Managed({ secret, booking, isNew }: { secret: string; booking: Booking; isNew: boolean }) {
  const { t, i18n } = useTranslation("book");
  const client = useQueryClient();
  const [doing, setDoing] = useState<Doing>("seeing");
  const [hasMoved, setMoved] = useState(false);
  const [target, setTarget] = useState<number | null>(null);
  const [zone, setZone] = useState(homeZone);
  const [view, setView] = useState(freshView);
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const start = booking.start === null ? null : Date.parse(booking.start);
  const end = booking.end === null ? null : Date.parse(booking.end);
  const isOver = end !== null && end <= Date.now();
  const state =
    start === null ? "cancelled" : isOver ? "past" : hasMoved ? "movedTitle" : isNew ? "booked" : "appointment";
  useTitle(`${t(state)} – ${booking.page.title}`);

  const run = async (work: () => Promise<unknown>, done: () => void) => {
    setBusy(true);
    setError(null);
    try {
      await work();
      done();
    } catch (refused) {
      setError(refused);
      if (refused instanceof Refused && refused.reason === "taken") setTarget(null);
      await client.invalidateQueries({ queryKey: ["book", `bookings/${secret}`, "slots"] });
    } finally {
      await client.invalidateQueries({ queryKey: ["book", "bookings", secret] });
      setBusy(false);
    }
  };
  const show = (next: Doing) => {
    setError(null);
    setTarget(null);
    setDoing(next);
  };

  if (start === null || end === null)
    return (
      <Frame offer={booking.page}>
        <div role="status">
          <h2 className={classes.heading}>{t("cancelled")}</h2>
        </div>
        <Text c="dimmed">{t("cancelledText")}</Text>
      </Frame>
    );
  // i18n: book:past, book:movedTitle, book:booked, book:appointment
  return (
    <Frame offer={booking.page}>
      {error !== null && <Refusal error={error} />}
      {doing === "seeing" && (
        <>
          <div role="status">
            <h2 className={classes.heading}>{t(state)}</h2>
          </div>
          <When start={start} end={end} zone={zone} />
          {hasMoved ? (
            <Text c="dimmed" mb="md">
              {t("movedText")}
            </Text>
          ) : (
            isNew && (
              <Text c="dimmed" mb="md">
                {t("bookedText")}
              </Text>
            )
          )}
          {!isOver && (
            <Group gap="xs">
              <Button
                component="a"
                href={fileOf(secret)}
                download="event.ics"
                leftSection={<IconCalendarPlus className={classes.symbol} aria-hidden />}
              >
                {t("addToCalendar")}
              </Button>
              {booking.isOpen && (
                <Button variant="default" onClick={() => show("moving")}>
                  {t("move")}
                </Button>
              )}
              <Button variant="default" onClick={() => show("cancelling")}>
                {t("cancel")}
              </Button>
            </Group>
          )}
        </>
      )}
      {doing === "cancelling" && (
        <>
          <h2 className={classes.heading}>{t("cancelTitle")}</h2>
          <When start={start} end={end} zone={zone} />
          <Text c="dimmed" mb="md">
            {t("cancelText", { name: booking.page.host })}
          </Text>
          <Group gap="xs">
            <Button variant="default" onClick={() => show("seeing")}>
              {t("keep")}
            </Button>
            <Button
              color="red"
              autoFocus
              loading={isBusy}
              onClick={() =>
                void run(
                  () => cancel(secret),
                  () => show("seeing"),
                )
              }
            >
              {t("cancelConfirm")}
            </Button>
          </Group>
        </>
      )}
      {doing === "moving" && (
        <>
          <h2 className={classes.heading}>{t("moveTitle")}</h2>
          {target === null ? (
            <>
              <SlotPicker
                place={`bookings/${secret}`}
                offer={booking.page}
                zone={zone}
                view={view}
                onView={setView}
                onZone={setZone}
                onPick={setTarget}
              />
              <Button variant="default" mt="md" onClick={() => show("seeing")}>
                {t("back")}
              </Button>
            </>
          ) : (
            <>
              <p className={classes.when}>
                {t("moveTo", {
                  time: whenText(
                    {
                      begin: wallAt(target, zone),
                      end: wallAt(target + booking.page.duration * 60_000, zone),
                      isAllDay: false,
                    },
                    i18n.language,
                  ),
                })}
              </p>
              <Group gap="xs">
                <Button variant="default" onClick={() => setTarget(null)}>
                  {t("back")}
                </Button>
                <Button
                  autoFocus
                  loading={isBusy}
                  onClick={() =>
                    void run(
                      () => move(secret, new Date(target).toISOString(), zone),
                      () => {
                        setMoved(true);
                        show("seeing");
                      },
                    )
                  }
                >
                  {t("moveConfirm")}
                </Button>
              </Group>
            </>
          )}
        </>
      )}
    </Frame>
  );
}
