import {
  type Icon,
  IconAlertOctagon,
  IconArchive,
  IconFile,
  IconFlag,
  IconFolder,
  IconInbox,
  IconMailbox,
  IconSend,
  IconStar,
  IconTrash,
} from "@tabler/icons-react";
import type { Mailbox } from "../../../lib/jmap/types";

const icons: Record<string, Icon> = {
  inbox: IconInbox,
  drafts: IconFile,
  sent: IconSend,
  archive: IconArchive,
  junk: IconAlertOctagon,
  trash: IconTrash,
  flagged: IconFlag,
  important: IconStar,
  all: IconMailbox,
};

/** The picture that stands for a mailbox. */
export function mailboxIcon(mailbox: Pick<Mailbox, "role">): Icon {
  return icons[mailbox.role ?? ""] ?? IconFolder;
}
