import { IconAt, IconCake, IconLink, IconMail, IconMapPin, IconNote, IconPhone, IconTag } from "@tabler/icons-react";
import type { ComponentType, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ContactCard } from "../../../lib/jmap/contacts";
import { addressLines, formatPartialDate, yearsSince } from "../state/edit";
import { labelOf } from "../state/labels";
import { entriesOf } from "../state/names";
import { writeTo } from "../state/write";
import { CopyButton } from "./CopyButton";
import classes from "./Detail.module.css";
import { useLabelText } from "./useLabelText";

/** Every value of a card with what it is for: pressed, it does what one does with it; beside it, it is copied. */
export function DetailFields({ card }: { card: ContactCard }) {
  const { t, i18n } = useTranslation("contacts");
  const labelText = useLabelText();
  const emails = entriesOf(card.emails);
  const phones = entriesOf(card.phones);
  const services = entriesOf(card.onlineServices);
  const addresses = entriesOf(card.addresses);
  const anniversaries = Object.entries(card.anniversaries ?? {});
  const links = entriesOf(card.links);
  const notes = Object.entries(card.notes ?? {});
  const keywords = Object.keys(card.keywords ?? {});
  const reach = emails.length + phones.length + services.length > 0;
  const rest = addresses.length + anniversaries.length + links.length + keywords.length > 0;
  return (
    <>
      {reach && (
        <section className={classes.card} aria-label={t("detail.reach")}>
          {emails.map(([key, email], at) => (
            <Field
              key={key}
              icon={IconMail}
              isFirst={at === 0}
              label={labelText(labelOf(email))}
              copied={email.address}
            >
              <button type="button" className={classes.value} onClick={() => writeTo([email.address])}>
                {email.address}
              </button>
            </Field>
          ))}
          {phones.map(([key, phone], at) => (
            <Field
              key={key}
              icon={IconPhone}
              isFirst={at === 0}
              label={labelText(labelOf(phone))}
              copied={phone.number}
            >
              <a className={classes.value} href={`tel:${phone.number.replace(/[^\d+*#]/g, "")}`}>
                {phone.number}
              </a>
            </Field>
          ))}
          {services.map(([key, service], at) => (
            <Field
              key={key}
              icon={IconAt}
              isFirst={at === 0}
              label={service.service || labelText(labelOf(service))}
              copied={service.user ?? service.uri ?? ""}
            >
              <Web uri={service.uri} text={service.user ?? service.uri ?? ""} />
            </Field>
          ))}
        </section>
      )}
      {rest && (
        <section className={classes.card} aria-label={t("detail.about")}>
          {addresses.map(([key, address], at) => (
            <Field
              key={key}
              icon={IconMapPin}
              isFirst={at === 0}
              label={labelText(labelOf(address))}
              copied={addressLines(address).join("\n")}
            >
              <span className={classes.plain}>{addressLines(address).join("\n")}</span>
            </Field>
          ))}
          {anniversaries.map(([key, { kind, date, label }], at) => {
            const partial = "utc" in date ? partialOf(date.utc) : date;
            const years = kind === "birth" ? yearsSince(partial) : null;
            const text = formatPartialDate(partial, i18n.language);
            return (
              <Field
                key={key}
                icon={IconCake}
                isFirst={at === 0}
                // i18n: contacts:dates.*
                label={label ?? t(["birth", "wedding", "death"].includes(kind) ? `dates.${kind}` : "dates.other")}
                copied={text}
              >
                <span className={classes.plain}>
                  {text}
                  {years !== null && <span className={classes.soft}> · {t("detail.years", { count: years })}</span>}
                </span>
              </Field>
            );
          })}
          {links.map(([key, link], at) => (
            <Field key={key} icon={IconLink} isFirst={at === 0} label={labelText(labelOf(link))} copied={link.uri}>
              <Web uri={link.uri} text={link.uri.replace(/^https?:\/\/(www\.)?|\/$/g, "")} />
            </Field>
          ))}
          {keywords.length > 0 && (
            <Field icon={IconTag} isFirst label={t("fields.keywords")} copied={keywords.join(", ")}>
              <span className={classes.plain}>{keywords.join(", ")}</span>
            </Field>
          )}
        </section>
      )}
      {notes.length > 0 && (
        <section className={classes.card} aria-label={t("fields.note")}>
          {notes.map(([key, { note }], at) => (
            <Field key={key} icon={IconNote} isFirst={at === 0} label="" copied={note}>
              <span className={classes.plain} dir="auto">
                {note}
              </span>
            </Field>
          ))}
        </section>
      )}
      {!reach && !rest && notes.length === 0 && <p className={classes.nothing}>{t("detail.nothing")}</p>}
    </>
  );
}

interface FieldProps {
  icon: ComponentType<{ className?: string }>;
  isFirst: boolean;
  label: string;
  copied: string;
  children: ReactNode;
}

function Field({ icon: Icon, isFirst, label, copied, children }: FieldProps) {
  return (
    <div className={classes.field}>
      <span className={classes.fieldIcon} aria-hidden>
        {isFirst && <Icon className={classes.icon ?? ""} />}
      </span>
      <div className={classes.fieldText}>
        {children}
        {label && <span className={classes.label}>{label}</span>}
      </div>
      <CopyButton text={copied} />
    </div>
  );
}

/** Only what a browser opens safely is a link. */
function Web({ uri, text }: { uri: string | undefined; text: string }) {
  if (!uri || !/^(https?|mailto|tel|sip|xmpp|matrix):/i.test(uri)) return <span className={classes.plain}>{text}</span>;
  return (
    <a className={classes.value} href={uri} target="_blank" rel="noopener noreferrer">
      {text}
    </a>
  );
}

function partialOf(utc: string): { year: number; month: number; day: number } {
  const date = new Date(utc);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}
