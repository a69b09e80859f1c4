import { Button, Menu, Select, Textarea, TextInput } from "@mantine/core";
import { modals } from "@mantine/modals";
import { IconPlus } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AddressBook, Card } from "../../../../lib/jmap/contacts";
import { useCopy } from "../../../../lib/useCopy";
import { useContacts } from "../../state/ContactsContext";
import { cleaned, isEmpty, newKey, withEntry } from "../../state/edit";
import { phoneChoices } from "../../state/labels";
import { componentOf, displayName, splitName, withComponent } from "../../state/names";
import { difference } from "../../state/patch";
import { AddressRows } from "./AddressRows";
import classes from "./CardForm.module.css";
import { DateRows } from "./DateRows";
import { PhotoField } from "./PhotoField";
import { ValueRows } from "./ValueRows";

interface CardFormProps {
  /** What is written on; for a new card, what it begins with. */
  card: Card;
  isNew: boolean;
  /** Under which what is typed is kept through a reload. */
  keptAs: string;
  books: AddressBook[];
  bookId: string;
  /** Gives the card and what it was made of. */
  onSave(card: Card, bookId: string, base: Card): Promise<boolean>;
  onClose(): void;
}

// i18n: contacts:fields.*
const moreNames = ["title", "given2", "surname2", "generation"] as const;

/** Writes on a copy of the card: what is saved is what differs, and so nothing else changes. */
export function CardForm({ card, isNew, keptAs, books, bookId, onSave, onClose }: CardFormProps) {
  const { t } = useTranslation("contacts");
  const { account } = useContacts();
  const { base, edited, change, forget } = useCopy<Card>(card, keptAs);
  const [book, setBook] = useState(bookId);
  const [busy, setBusy] = useState(false);
  const [nothing, setNothing] = useState(false);
  const [shownNames, setShownNames] = useState<ReadonlySet<string>>(
    () => new Set(moreNames.filter((kind) => componentOf(card.name, kind))),
  );

  // Of what stands there then: a photo comes when it is uploaded, while one goes on writing.
  const set = <K extends keyof Card>(name: K, value: Card[K]) => {
    setNothing(false);
    change((before) => ({ ...before, [name]: value }));
  };
  const isChanged = Object.keys(difference(cleaned(base), cleaned(edited))).length > 0;
  const leave = () => {
    forget();
    onClose();
  };
  const close = () => {
    if (!isChanged) {
      leave();
      return;
    }
    modals.openConfirmModal({
      title: t("form.discardTitle"),
      children: t("form.discardText"),
      labels: { confirm: t("form.discard"), cancel: t("form.goOn") },
      confirmProps: { color: "red" },
      closeButtonProps: { "aria-label": t("close") },
      onConfirm: leave,
    });
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const wanted = cleaned(edited);
    if (isEmpty(wanted)) {
      setNothing(true);
      return;
    }
    setBusy(true);
    const isSaved = await onSave(wanted, book, base);
    setBusy(false);
    if (isSaved) forget();
  };

  const nameOf = (kind: "given" | "surname") => {
    if (edited.name?.components?.length) return componentOf(edited.name, kind);
    return splitName(edited.name?.full ?? "")[kind];
  };
  const setName = (kind: string, value: string) => set("name", withComponent(edited.name, kind, value));
  const [organizationKey = "o1", organization] = Object.entries(edited.organizations ?? {})[0] ?? [];
  const [titleKey = "t1", title] = Object.entries(edited.titles ?? {})[0] ?? [];
  const [nicknameKey = "n1", nickname] = Object.entries(edited.nicknames ?? {})[0] ?? [];
  const [noteKey = "n1", note] = Object.entries(edited.notes ?? {})[0] ?? [];
  const [hasNickname, setHasNickname] = useState(nickname !== undefined);
  const unit = organization?.units?.[0]?.name ?? "";

  const added = [
    ...moreNames
      .filter((kind) => !shownNames.has(kind))
      .map((kind) => ({ id: kind as string, label: t(`fields.${kind}`) })),
    ...(hasNickname ? [] : [{ id: "nickname", label: t("fields.nickname") }]),
    { id: "addresses", label: t("fields.address") },
    { id: "anniversaries", label: t("fields.date") },
    { id: "links", label: t("fields.link") },
    { id: "onlineServices", label: t("fields.service") },
  ];
  const add = (id: string) => {
    if (id === "nickname") setHasNickname(true);
    else if (id === "addresses")
      set("addresses", withEntry(edited.addresses, newKey(edited.addresses, "a"), { contexts: { private: true } }));
    else if (id === "anniversaries")
      set(
        "anniversaries",
        withEntry(edited.anniversaries, newKey(edited.anniversaries, "d"), {
          kind: Object.values(edited.anniversaries ?? {}).some(({ kind }) => kind === "birth") ? "wedding" : "birth",
          date: {},
        }),
      );
    else if (id === "links") set("links", withEntry(edited.links, newKey(edited.links, "l"), { uri: "" }));
    else if (id === "onlineServices")
      set("onlineServices", withEntry(edited.onlineServices, newKey(edited.onlineServices, "s"), { user: "" }));
    else setShownNames(new Set([...shownNames, id]));
  };

  return (
    <form
      className={classes.form}
      aria-label={t(isNew ? "form.new" : "form.edit")}
      onSubmit={(event) => void submit(event)}
    >
      <div className={classes.toolbar}>
        <h1 className={classes.title}>{isNew ? t("form.new") : displayName(card) || t("unnamed")}</h1>
        <Button variant="default" onClick={close}>
          {t("cancel")}
        </Button>
        <Button type="submit" loading={busy}>
          {t("save")}
        </Button>
      </div>
      <div className={classes.scroller}>
        <div className={classes.column}>
          {nothing && (
            <p className={classes.error} role="alert">
              {t("form.nothing")}
            </p>
          )}
          <section className={classes.group}>
            <div className={classes.top}>
              <PhotoField accountId={account.id} card={edited} onChange={(media) => set("media", media)} />
              <div className={classes.names}>
                {shownNames.has("title") && (
                  <NameField kind="title" value={componentOf(edited.name, "title")} onChange={setName} />
                )}
                <TextInput
                  data-autofocus
                  autoFocus
                  label={t("fields.given")}
                  value={nameOf("given")}
                  onChange={(event) => setName("given", event.currentTarget.value)}
                />
                {shownNames.has("given2") && (
                  <NameField kind="given2" value={componentOf(edited.name, "given2")} onChange={setName} />
                )}
                <TextInput
                  label={t("fields.surname")}
                  value={nameOf("surname")}
                  onChange={(event) => setName("surname", event.currentTarget.value)}
                />
                {shownNames.has("surname2") && (
                  <NameField kind="surname2" value={componentOf(edited.name, "surname2")} onChange={setName} />
                )}
                {shownNames.has("generation") && (
                  <NameField kind="generation" value={componentOf(edited.name, "generation")} onChange={setName} />
                )}
                {hasNickname && (
                  <TextInput
                    label={t("fields.nickname")}
                    value={nickname?.name ?? ""}
                    onChange={(event) =>
                      set(
                        "nicknames",
                        withEntry(edited.nicknames, nicknameKey, { ...nickname, name: event.currentTarget.value }),
                      )
                    }
                  />
                )}
              </div>
            </div>
          </section>
          <section className={classes.group}>
            <div className={classes.pair}>
              <TextInput
                label={t("fields.organization")}
                value={organization?.name ?? ""}
                onChange={(event) =>
                  set(
                    "organizations",
                    withEntry(edited.organizations, organizationKey, {
                      ...organization,
                      name: event.currentTarget.value,
                    }),
                  )
                }
              />
              <TextInput
                label={t("fields.unit")}
                value={unit}
                onChange={(event) => {
                  const [first, ...others] = organization?.units ?? [];
                  const named = event.currentTarget.value;
                  const units = named ? [{ ...first, name: named }, ...others] : others;
                  const { units: _, ...rest } = organization ?? {};
                  set(
                    "organizations",
                    withEntry(edited.organizations, organizationKey, units.length > 0 ? { ...rest, units } : rest),
                  );
                }}
              />
              <TextInput
                label={t("fields.role")}
                value={title?.name ?? ""}
                onChange={(event) =>
                  set("titles", withEntry(edited.titles, titleKey, { ...title, name: event.currentTarget.value }))
                }
              />
            </div>
          </section>
          <section className={classes.group}>
            <ValueRows
              label={t("fields.email")}
              addLabel={t("form.addEmail")}
              type="email"
              map={edited.emails}
              read={(email) => email.address}
              write={(email, address) => ({ ...email, address })}
              blank={{ address: "" }}
              prefix="e"
              onChange={(emails) => set("emails", emails)}
            />
            <ValueRows
              label={t("fields.phone")}
              addLabel={t("form.addPhone")}
              type="tel"
              choices={phoneChoices}
              map={edited.phones}
              read={(phone) => phone.number}
              write={(phone, number) => ({ ...phone, number })}
              blank={{ number: "", features: { mobile: true } }}
              prefix="p"
              onChange={(phones) => set("phones", phones)}
            />
          </section>
          {edited.addresses && (
            <section className={classes.group}>
              <AddressRows map={edited.addresses} onChange={(addresses) => set("addresses", addresses)} />
            </section>
          )}
          {edited.anniversaries && (
            <section className={classes.group}>
              <DateRows map={edited.anniversaries} onChange={(dates) => set("anniversaries", dates)} />
            </section>
          )}
          {(edited.links || edited.onlineServices) && (
            <section className={classes.group}>
              {edited.links && (
                <ValueRows
                  label={t("fields.link")}
                  type="url"
                  map={edited.links}
                  read={(link) => link.uri}
                  write={(link, uri) => ({ ...link, uri })}
                  blank={{ uri: "" }}
                  prefix="l"
                  onChange={(links) => set("links", links)}
                />
              )}
              {edited.onlineServices && (
                <ValueRows
                  label={t("fields.service")}
                  type="text"
                  map={edited.onlineServices}
                  read={(service) => service.user ?? service.uri ?? ""}
                  write={(service, text) =>
                    service.uri !== undefined && service.user === undefined
                      ? { ...service, uri: text }
                      : { ...service, user: text }
                  }
                  blank={{ user: "" }}
                  prefix="s"
                  onChange={(services) => set("onlineServices", services)}
                />
              )}
            </section>
          )}
          <section className={classes.group}>
            <Textarea
              label={t("fields.note")}
              autosize
              minRows={2}
              maxRows={12}
              value={note?.note ?? ""}
              onChange={(event) =>
                set("notes", withEntry(edited.notes, noteKey, { ...note, note: event.currentTarget.value }))
              }
            />
          </section>
          <div className={classes.foot}>
            <Menu position="top-start">
              <Menu.Target>
                <Button variant="subtle" leftSection={<IconPlus className={classes.icon} />}>
                  {t("form.addField")}
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                {added.map(({ id, label }) => (
                  <Menu.Item key={id} onClick={() => add(id)}>
                    {label}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
            {isNew && books.length > 1 && (
              <Select
                className={classes.book}
                label={t("fields.book")}
                data={books.map(({ id, name }) => ({ value: id, label: name }))}
                value={book}
                allowDeselect={false}
                onChange={(value) => setBook(value ?? book)}
              />
            )}
          </div>
        </div>
      </div>
    </form>
  );
}

interface NameFieldProps {
  kind: (typeof moreNames)[number];
  value: string;
  onChange(kind: string, value: string): void;
}

function NameField({ kind, value, onChange }: NameFieldProps) {
  const { t } = useTranslation("contacts");
  return (
    <TextInput
      label={t(`fields.${kind}`)}
      value={value}
      onChange={(event) => onChange(kind, event.currentTarget.value)}
    />
  );
}
