import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { eventDeclineProposal } from "../../../../lib/calendar/eventPropose";
import { explain } from "../../../../lib/calendar/explain";
import { failed } from "../../../../ui";
import classes from "./Invitation.module.css";

interface DeclineProposalProps {
  accountId: string;
  eventId: string;
  /** The calendar address of who proposed. */
  proposer: string;
}

/** Keeps to the time, and tells who proposed another. */
export function DeclineProposal({ accountId, eventId, proposer }: DeclineProposalProps) {
  const { t } = useTranslation("calendar");
  const [state, setState] = useState<"open" | "sending" | "sent">("open");
  const decline = async () => {
    setState("sending");
    try {
      await eventDeclineProposal(accountId, { id: eventId, calendarAddress: proposer });
      setState("sent");
    } catch (error) {
      setState("open");
      failed(explain(error));
    }
  };
  if (state === "sent")
    return (
      <p className={classes.soft} role="status">
        {t("invitation.youDeclined")}
      </p>
    );
  return (
    <Button size="compact-md" variant="default" loading={state === "sending"} onClick={() => void decline()}>
      {t("invitation.declineProposal")}
    </Button>
  );
}
