import { Button, Skeleton } from "@mantine/core";
import { IconAlertTriangle, IconCalendarPlus, IconCheck, IconMapPin, IconRepeat, IconVideo } from "@tabler/icons-react";
import type { ComponentType, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { dayText, listed, monthText, timeText, weekdayText, whenText } from "../../../../lib/calendar/format";
import { readInvitation } from "../../../../lib/calendar/invitation";
import { invitedAs, isOrganizer, nameOf, organizerName } from "../../../../lib/calendar/people";
import { locationText, videoUri } from "../../../../lib/calendar/places";
import { ruleText } from "../../../../lib/calendar/rule";
import { dayOf, readWall } from "../../../../lib/calendar/time";
import { cityOf, homeZone, moved } from "../../../../lib/calendar/zones";
import { useJmapSession } from "../../../../lib/jmap";
import type { JSEvent } from "../../../../lib/jmap/calendars";
import { navigateTo } from "../../../../shell";
import { AnswerButtons } from "../../../../ui";
import { calendarPath, shownTimes, useInvitation, useInvitationActions, useMeanwhile } from "../../state/invitations";
import { DeclineProposal } from "./DeclineProposal";
import classes from "./Invitation.module.css";
import { InvitedPeople } from "./InvitedPeople";
import { ProposeTime } from "./ProposeTime";

interface InvitationProps {
  mailAccount: string;
  accountId: string;
  blobId: string;
  /** Who wrote the message. */
  sender: string;
  senderAddress: string;
  onReply?: (() => void) | undefined;
}

// i18n: calendar:invitation.*
/** What a message about an event says, beside what the calendar has of it, and what one may answer. */
export default function Invitation({
  mailAccount,
  accountId,
  blobId,
  sender,
  senderAddress,
  onReply,
}: InvitationProps) {
  const { t, i18n } = useTranslation("calendar");
  const { primaryAccounts } = useJmapSession();
  const { events, parsed, live, identities = [], isUnreadable } = useInvitation(mailAccount, accountId, blobId);
  const actions = useInvitationActions(accountId);
  const invitation = parsed && live !== undefined ? readInvitation(parsed, live, senderAddress) : null;
  const meanwhile = useMeanwhile(accountId, invitation?.shown);
  if (isUnreadable) return null;
  if (!invitation || !parsed || live === undefined)
    return <Skeleton className={classes.card ?? ""} height={148} aria-label={t("invitation.loading")} />;

  const { kind, shown, isOutdated, isCancelled, answers, isTaken, proposer } = invitation;
  const times = shownTimes(shown);
  const day = dayOf(times.begin);
  const title = shown.title?.trim() || live?.title?.trim() || t("unnamed");
  const isMine = live !== null && isOrganizer(live, identities);
  const id = live ? invitedAs(live, identities) : null;
  const person = id === null ? undefined : live?.participants?.[id];
  const isListed = invitedAs(parsed, identities) !== null || isOrganizer(parsed, identities);
  const rule = shown.recurrenceRule;
  const place = locationText(shown);
  const video = videoUri(shown);
  const mayAnswer = live !== null && id !== null && person !== undefined && !isCancelled;
  const path =
    live && calendarPath(day, meanwhile?.own?.id ?? live.id, accountId, accountId === primaryAccounts[calendarsUri]);

  return (
    <section
      className={classes.card}
      aria-label={t("invitation.label", { title })}
      data-cancelled={isCancelled || undefined}
    >
      <p className={classes.kind}>{heading()}</p>
      <div className={classes.body}>
        <div className={classes.tile} aria-hidden>
          <span className={classes.tileMonth}>{monthText(day, i18n.language, "short")}</span>
          <span className={classes.tileDay}>{Number(day.slice(8))}</span>
          <span className={classes.tileWeekday}>{weekdayText(day, i18n.language)}</span>
        </div>
        <div className={classes.what}>
          <h2 className={classes.title} dir="auto">
            {title}
          </h2>
          {kind === "counter" && live ? (
            <dl className={classes.times}>
              <dt>{t("invitation.present")}</dt>
              <dd>{whenText(shownTimes(live), i18n.language)}</dd>
              <dt>{t("invitation.proposed")}</dt>
              <dd className={classes.proposed}>{whenText(times, i18n.language)}</dd>
            </dl>
          ) : (
            <p className={classes.when}>{whenText(times, i18n.language)}</p>
          )}
          {elsewhere(shown) && <p className={classes.soft}>{elsewhere(shown)}</p>}
          {rule && <Line icon={IconRepeat}>{ruleText(rule, shown.start.slice(0, 10), t, i18n.language)}</Line>}
          {place && <Line icon={IconMapPin}>{place}</Line>}
          {video && (
            <Line icon={IconVideo}>
              <a href={video} target="_blank" rel="noreferrer noopener">
                {t("card.join")}
              </a>
            </Line>
          )}
          {!isCancelled && kind !== "reply" && alongside()}
          {answers.map(
            ({ participationComment }) =>
              participationComment && (
                <blockquote key={participationComment} className={classes.comment} dir="auto">
                  {participationComment}
                </blockquote>
              ),
          )}
          <InvitedPeople event={live ?? shown} />
        </div>
      </div>
      {isOutdated && <Notice>{t("invitation.outdated")}</Notice>}
      {isCancelled && kind !== "cancel" && <Notice>{t("invitation.cancelledSince")}</Notice>}
      {kind === "request" && !isListed && <Notice>{t("invitation.notListed")}</Notice>}
      {kind === "reply" && live === null && <Notice>{t("invitation.unknownEvent")}</Notice>}
      <div className={classes.foot}>
        {mayAnswer && (kind === "request" || kind === "event") && (
          <AnswerButtons
            key={`${person.participationComment ?? ""}`}
            status={person.participationStatus ?? "needs-action"}
            comment={person.participationComment ?? ""}
            onAnswer={(status, comment) => void actions.answer(live, id, status, comment)}
          />
        )}
        {mayAnswer && kind === "request" && !isMine && <ProposeTime key={live.id} accountId={accountId} event={live} />}
        {kind === "counter" && isMine && !isTaken && !isCancelled && (
          <>
            <Button
              size="compact-md"
              leftSection={<IconCheck className={classes.icon} />}
              onClick={() => void actions.take(live, parsed)}
            >
              {t("invitation.accept")}
            </Button>
            {proposer !== null && <DeclineProposal accountId={accountId} eventId={live.id} proposer={proposer} />}
            {proposer === null && onReply && (
              <Button size="compact-md" variant="default" onClick={onReply}>
                {t("invitation.decline")}
              </Button>
            )}
          </>
        )}
        {live === null && (kind === "request" || kind === "event") && (
          <Button
            size="compact-md"
            leftSection={<IconCalendarPlus className={classes.icon} />}
            onClick={() => void actions.add(events ?? [])}
          >
            {t("invitation.add")}
          </Button>
        )}
        {live !== null && isCancelled && !isMine && (
          <Button size="compact-md" variant="default" onClick={() => void actions.remove(live)}>
            {t("invitation.remove")}
          </Button>
        )}
        {path && (
          <Button
            component="a"
            href={path}
            size="compact-md"
            variant="subtle"
            onClick={(event) => {
              if (event.ctrlKey || event.metaKey || event.shiftKey) return;
              event.preventDefault();
              navigateTo(path);
            }}
          >
            {t("invitation.open")}
          </Button>
        )}
      </div>
    </section>
  );

  function heading(): string {
    if (kind === "cancel" && isCancelled)
      return t(parsed?.recurrenceId ? "invitation.cancelledOne" : "invitation.cancelled", { name: sender });
    if (kind === "reply") {
      const [first] = answers;
      const status = first?.participationStatus ?? "needs-action";
      return t(`invitation.answered.${status}`, { name: first ? nameOf(first) : sender });
    }
    if (kind === "declinecounter") return t("invitation.proposalDeclined", { name: sender });
    if (kind === "counter") return t(isTaken ? "invitation.taken" : "invitation.countered", { name: sender });
    if (kind === "event") return t("invitation.event");
    if (isMine) return t("invitation.ownInvitation");
    return t("invitation.invites", { name: organizerName(shown) || sender });
  }

  function elsewhere({ timeZone, start, showWithoutTime }: JSEvent): string | null {
    if (showWithoutTime || !timeZone || moved(readWall(start), timeZone, homeZone) === readWall(start)) return null;
    return t("card.elsewhere", { time: timeText(readWall(start)), city: cityOf(timeZone) });
  }

  /** Whether one has something else then. */
  function alongside(): ReactNode {
    if (!meanwhile) return null;
    const { others } = meanwhile;
    if (others.length === 0) return <p className={classes.free}>{t("invitation.nothingElse")}</p>;
    const names = others.map((other) => {
      const { begin, end } = shownTimes(other);
      const hours = other.showWithoutTime
        ? dayText(dayOf(begin), i18n.language)
        : `${timeText(begin)} – ${timeText(end)}`;
      return `${other.title?.trim() || t("unnamed")} (${hours})`;
    });
    return <p className={classes.conflict}>{t("invitation.meanwhile", { names: listed(names, i18n.language) })}</p>;
  }
}

const calendarsUri = "urn:ietf:params:jmap:calendars";

function Line({ icon: Icon, children }: { icon: ComponentType<{ className?: string }>; children: ReactNode }) {
  return (
    <p className={classes.line}>
      <Icon className={classes.lineIcon ?? ""} aria-hidden />
      <span>{children}</span>
    </p>
  );
}

function Notice({ children }: { children: ReactNode }) {
  return (
    <p className={classes.notice}>
      <IconAlertTriangle className={classes.lineIcon} aria-hidden />
      <span>{children}</span>
    </p>
  );
}
