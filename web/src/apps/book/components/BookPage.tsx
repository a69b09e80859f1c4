import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { homeZone } from "../../../lib/calendar/zones";
import { book, type Offer, offerOf, Refused } from "../api/ask";
import classes from "./Book.module.css";
import { Frame, FrameSkeleton } from "./Frame";
import { Gone } from "./Gone";
import { type Guest, GuestForm } from "./GuestForm";
import { Refusal } from "./Refusal";
import { freshView, SlotPicker } from "./SlotPicker";
import { useTitle } from "./useTitle";
import { When } from "./When";

/** The page of a token: a time is chosen, the guest says who they are, and then it is booked. */
export function BookPage({ token, onBooked }: { token: string; onBooked(secret: string): void }) {
  const offer = useQuery({ queryKey: ["book", "pages", token], queryFn: () => offerOf(token), staleTime: 60_000 });
  if (offer.isPending) return <FrameSkeleton />;
  if (offer.isError) return <Gone error={offer.error} onRetry={() => void offer.refetch()} />;
  return <Open token={token} offer={offer.data} onBooked={onBooked} />;
}

function Open({ token, offer, onBooked }: { token: string; offer: Offer; onBooked(secret: string): void }) {
  const { t, i18n } = useTranslation("book");
  const client = useQueryClient();
  const [zone, setZone] = useState(homeZone);
  const [view, setView] = useState(freshView);
  const [start, setStart] = useState<number | null>(null);
  const [guest, setGuest] = useState<Guest>({ name: "", address: "", answers: [], website: "" });
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  useTitle(t("pageTitle", { title: offer.title }));
  const submit = async () => {
    if (start === null) return;
    setBusy(true);
    setError(null);
    try {
      const { secret } = await book(token, {
        ...guest,
        start: new Date(start).toISOString(),
        timeZone: zone,
        language: i18n.language.startsWith("fr") ? "fr" : "en",
      });
      if (secret) onBooked(secret);
    } catch (refused) {
      setError(refused);
      if (refused instanceof Refused && refused.reason === "taken") {
        setStart(null);
        await client.invalidateQueries({ queryKey: ["book", `pages/${token}`, "slots"] });
      }
    } finally {
      setBusy(false);
    }
  };
  return (
    <Frame offer={offer}>
      <h2 className={classes.heading}>{t(start === null ? "choose" : "yours")}</h2>
      {error !== null && <Refusal error={error} />}
      {start === null ? (
        <SlotPicker
          place={`pages/${token}`}
          offer={offer}
          zone={zone}
          view={view}
          onView={setView}
          onZone={setZone}
          onPick={(moment) => {
            setError(null);
            setStart(moment);
          }}
        />
      ) : (
        <>
          <When start={start} end={start + offer.duration * 60_000} zone={zone} />
          <GuestForm
            offer={offer}
            guest={guest}
            isBusy={isBusy}
            onChange={setGuest}
            onSubmit={() => void submit()}
            onBack={() => {
              setError(null);
              setStart(null);
            }}
          />
        </>
      )}
    </Frame>
  );
}
