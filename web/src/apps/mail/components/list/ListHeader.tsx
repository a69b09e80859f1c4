import { Checkbox, Menu, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconTrashX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { LazyMenu } from "../../../../ui";
import { useMail } from "../../state/MailContext";
import { mailboxLabel } from "../../state/mailboxLabel";
import { type Selection, selectedCount } from "../../state/selection";
import classes from "./ListHeader.module.css";
import { SelectionBar } from "./SelectionBar";

export interface SelectionControls {
  selection: Selection;
  total: number;
  /** Selects what is loaded. */
  selectLoaded(): void;
  /** Selects everything, also what is not loaded. */
  selectEverything(): void;
  selectWhere(which: "read" | "unread" | "flagged"): void;
  clear(): void;
}

/** What is listed, and what can be done with what is selected of it. */
export function ListHeader(controls: SelectionControls) {
  const { t } = useTranslation("mail");
  const { mailbox, location, actions, view } = useMail();
  const { selection, total } = controls;
  const count = selectedCount(selection, total);
  const title =
    location.search !== null ? t("search.results", { count: total }) : mailbox ? mailboxLabel(mailbox, t) : "";
  const unread = mailbox && mailbox.role !== "drafts" ? mailbox.unreadThreads : 0;
  const empties =
    location.search === null &&
    (mailbox?.role === "trash" || mailbox?.role === "junk") &&
    mailbox.totalEmails > 0 &&
    mailbox.id === view.mailboxId;

  return (
    <div className={classes.header}>
      <div className={classes.line}>
        <Checkbox
          checked={count > 0 && count === total}
          indeterminate={count > 0 && count < total}
          disabled={total === 0}
          aria-label={t("select.all")}
          onChange={() => (count > 0 ? controls.clear() : controls.selectLoaded())}
        />
        {count > 0 ? (
          <SelectionBar count={count} />
        ) : (
          <>
            <LazyMenu
              label={t("select.menu")}
              icon={<IconChevronDown className={classes.smallIcon} />}
              position="bottom-start"
              disabled={total === 0}
            >
              <Menu.Item onClick={controls.selectEverything}>{t("select.everything", { count: total })}</Menu.Item>
              <Menu.Item onClick={() => controls.selectWhere("unread")}>{t("select.unread")}</Menu.Item>
              <Menu.Item onClick={() => controls.selectWhere("read")}>{t("select.read")}</Menu.Item>
              <Menu.Item onClick={() => controls.selectWhere("flagged")}>{t("select.flagged")}</Menu.Item>
              <Menu.Item onClick={controls.clear}>{t("select.none")}</Menu.Item>
            </LazyMenu>
            <h1 className={classes.title}>{title}</h1>
            {location.search === null && total > 0 && (
              <span className={classes.count}>
                {unread > 0 ? t("list.unreadOf", { unread, total }) : t("list.conversations", { count: total })}
              </span>
            )}
          </>
        )}
      </div>
      {count > 0 && !selection.all && count < total && count >= 2 && (
        <div className={classes.hint}>
          <UnstyledButton className={classes.everything} onClick={controls.selectEverything}>
            {t("select.everything", { count: total })}
          </UnstyledButton>
        </div>
      )}
      {empties && count === 0 && (
        <div className={classes.hint}>
          <UnstyledButton className={classes.everything} onClick={() => actions.emptyMailbox(mailbox)}>
            <IconTrashX className={classes.smallIcon} aria-hidden />{" "}
            {t(mailbox.role === "trash" ? "folders.emptyTrash" : "folders.emptyJunk")}
          </UnstyledButton>
        </div>
      )}
    </div>
  );
}
