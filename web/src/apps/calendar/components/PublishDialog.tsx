import { Button, Group, Modal, Skeleton, Stack } from "@mantine/core";
import { modals } from "@mantine/modals";
import { IconCheck, IconCopy, IconExternalLink, IconRefresh, IconWorldOff } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { explain } from "../../../lib/calendar/explain";
import { dateYearText } from "../../../lib/calendar/format";
import { calendarKeys } from "../../../lib/calendar/keys";
import { useStateChange } from "../../../lib/jmap";
import type { CalendarLink } from "../../../lib/jmap/calendars";
import { failed } from "../../../ui";
import { linkCreate, linkDestroy, linksGet } from "../api/linkSet";
import type { CalendarEntry } from "../state/useCalendars";
import dialogs from "./Dialogs.module.css";
import classes from "./PublishDialog.module.css";

const details = ["freeBusy", "full"] as const;

// i18n: calendar:publish.*
/** Who may read a calendar without an account: nobody, or whoever knows an address, and how much of it. */
export function PublishDialog({ entry, onClose }: { entry: CalendarEntry; onClose(): void }) {
  const { t } = useTranslation("calendar");
  const client = useQueryClient();
  const { account, calendar } = entry;
  const key = calendarKeys.links(account.id);
  const { data, error } = useQuery({ queryKey: key, queryFn: () => linksGet(account.id) });
  useStateChange(["CalendarLink"], () => void client.invalidateQueries({ queryKey: key }));
  const links = data?.filter(({ calendarId }) => calendarId === calendar.id);

  /** Says what could not be done; what is there is asked for in any case. */
  const run = async (work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (failure) {
      failed(explain(failure));
    } finally {
      await client.invalidateQueries({ queryKey: key });
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("publish.title", { name: calendar.name })}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Stack>
        <p className={dialogs.told}>{t("publish.text")}</p>
        {error ? (
          <p className={dialogs.sourceError}>{explain(error)}</p>
        ) : links === undefined ? (
          <Skeleton height={120} aria-label={t("publish.loading")} />
        ) : (
          details.map((detail) => (
            <Published
              key={detail}
              detail={detail}
              links={links.filter((link) => link.detail === detail)}
              onPublish={() => run(() => linkCreate(account.id, calendar.id, detail))}
              onRenew={(link) => run(() => linkCreate(account.id, calendar.id, detail, link.id))}
              onStop={(link) => run(() => linkDestroy(account.id, link.id))}
            />
          ))
        )}
      </Stack>
    </Modal>
  );
}

interface PublishedProps {
  detail: CalendarLink["detail"];
  links: readonly CalendarLink[];
  onPublish(): Promise<void>;
  onRenew(link: CalendarLink): Promise<void>;
  onStop(link: CalendarLink): Promise<void>;
}

/** One way to publish: what others see by it, and the addresses at which they do. */
function Published({ detail, links, onPublish, onRenew, onStop }: PublishedProps) {
  const { t } = useTranslation("calendar");
  const [isBusy, setBusy] = useState(false);
  const heading = t(`publish.${detail}`);
  const publish = async () => {
    setBusy(true);
    await onPublish();
    setBusy(false);
  };
  return (
    <section className={classes.way} aria-label={heading}>
      <h3 className={classes.heading}>{heading}</h3>
      <p className={classes.soft}>{t(`publish.${detail}Text`)}</p>
      {links.map((link) => (
        <Address key={link.id} link={link} onRenew={() => onRenew(link)} onStop={() => onStop(link)} />
      ))}
      {links.length === 0 && (
        <Button
          className={classes.publish ?? ""}
          size="compact-md"
          variant="light"
          loading={isBusy}
          aria-label={t("publish.startOf", { detail: heading })}
          onClick={() => void publish()}
        >
          {t("publish.start")}
        </Button>
      )}
    </section>
  );
}

interface AddressProps {
  link: CalendarLink;
  onRenew(): Promise<void>;
  onStop(): Promise<void>;
}

function Address({ link, onRenew, onStop }: AddressProps) {
  const { t, i18n } = useTranslation("calendar");
  const page = link.url?.replace(/\.ics$/, "") ?? null;
  const ask = (what: "renew" | "stop", confirmed: () => Promise<void>) =>
    modals.openConfirmModal({
      title: t(`publish.${what}Title`),
      children: t(`publish.${what}Text`),
      labels: { confirm: t(`publish.${what}`), cancel: t("cancel") },
      confirmProps: { color: "red" },
      closeButtonProps: { "aria-label": t("close") },
      onConfirm: () => void confirmed(),
    });
  return (
    <div className={classes.address}>
      {link.url === null || page === null ? (
        <p className={classes.soft}>{t("publish.unknown")}</p>
      ) : (
        <>
          <Copy label={t("publish.forPeople")} address={page} />
          <Copy label={t("publish.forPrograms")} address={link.url} />
        </>
      )}
      <p className={classes.soft}>
        {t("publish.since", { date: dateYearText(link.createdAt.slice(0, 10), i18n.language) })}
      </p>
      <Group gap="xs">
        {page !== null && (
          <Button
            component="a"
            href={page}
            target="_blank"
            rel="noreferrer"
            size="compact-sm"
            variant="default"
            leftSection={<IconExternalLink className={dialogs.icon} aria-hidden />}
          >
            {t("publish.look")}
          </Button>
        )}
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconRefresh className={dialogs.icon} aria-hidden />}
          onClick={() => ask("renew", onRenew)}
        >
          {t("publish.renew")}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          color="red"
          leftSection={<IconWorldOff className={dialogs.icon} aria-hidden />}
          onClick={() => ask("stop", onStop)}
        >
          {t("publish.stop")}
        </Button>
      </Group>
    </div>
  );
}

/** An address, and a button that copies it and says so. */
function Copy({ label, address }: { label: string; address: string }) {
  const { t } = useTranslation("calendar");
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(address);
      setCopied(true);
      setTimeout(() => setCopied(false), 1500);
    } catch {
      failed(t("publish.notCopied"));
    }
  };
  return (
    <div className={classes.line}>
      <span className={classes.label}>{label}</span>
      <span className={classes.url}>{address}</span>
      <Button
        size="compact-sm"
        variant="subtle"
        aria-label={t("publish.copyOf", { what: label })}
        leftSection={
          isCopied ? (
            <IconCheck className={dialogs.icon} aria-hidden />
          ) : (
            <IconCopy className={dialogs.icon} aria-hidden />
          )
        }
        onClick={() => void copy()}
      >
        <span aria-live="polite">{t(isCopied ? "publish.copied" : "publish.copy")}</span>
      </Button>
    </div>
  );
}
