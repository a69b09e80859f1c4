import type { Mailbox, MailboxRole } from "../../../lib/jmap/types";

export interface MailboxNode {
  mailbox: Mailbox;
  depth: number;
  children: MailboxNode[];
}

/** The order in which mailboxes with a role are shown. RFC 8621 §2, IANA "IMAP Mailbox Name Attributes". */
const roleOrder: string[] = ["inbox", "important", "flagged", "drafts", "sent", "archive", "all", "junk", "trash"];

/** The mailboxes of an account, asked for by role, id or name. */
export class Mailboxes {
  readonly all: readonly Mailbox[];
  #byId: Map<string, Mailbox>;

  constructor(all: Mailbox[]) {
    this.all = all;
    this.#byId = new Map(all.map((mailbox) => [mailbox.id, mailbox]));
  }

  byId(id: string | null): Mailbox | undefined {
    return id === null ? undefined : this.#byId.get(id);
  }

  role(role: MailboxRole): Mailbox | undefined {
    return this.all.find((mailbox) => mailbox.role === role);
  }

  roleId(role: MailboxRole): string | null {
    return this.role(role)?.id ?? null;
  }

  /** What stands for a mailbox in the address bar: its role, which is readable and lasts, else its id. */
  segment(mailbox: Mailbox): string {
    return mailbox.role ?? mailbox.id;
  }

  fromSegment(segment: string): Mailbox | undefined {
    return this.all.find((mailbox) => mailbox.role === segment) ?? this.#byId.get(segment);
  }

  /** Mailboxes with a role in their usual order, then the person's own as a tree by sort order and name. */
  tree(): { roles: MailboxNode[]; own: MailboxNode[] } {
    const children = new Map<string | null, Mailbox[]>();
    for (const mailbox of this.all) {
      const parent = mailbox.parentId !== null && this.#byId.has(mailbox.parentId) ? mailbox.parentId : null;
      children.set(parent, [...(children.get(parent) ?? []), mailbox]);
    }
    const node = (mailbox: Mailbox, depth: number): MailboxNode => ({
      mailbox,
      depth,
      children: (children.get(mailbox.id) ?? [])
        .filter((child) => !ranked(child))
        .toSorted(byOrder)
        .map((child) => node(child, depth + 1)),
    });
    const roles = this.all.filter(ranked).toSorted((a, b) => rank(a) - rank(b));
    const own = (children.get(null) ?? []).filter((mailbox) => !ranked(mailbox)).toSorted(byOrder);
    return { roles: roles.map((mailbox) => node(mailbox, 0)), own: own.map((mailbox) => node(mailbox, 0)) };
  }

  /** `Parent / Child`, to tell folders of one name apart. */
  path(mailbox: Mailbox, name: (mailbox: Mailbox) => string): string {
    const parent = this.byId(mailbox.parentId);
    return parent && !parent.role ? `${this.path(parent, name)} / ${name(mailbox)}` : name(mailbox);
  }

  isWithin(id: string, ancestorId: string): boolean {
    for (let at = this.byId(id); at; at = this.byId(at.parentId)) if (at.id === ancestorId) return true;
    return false;
  }
}

function ranked(mailbox: Mailbox): boolean {
  return mailbox.role !== null && roleOrder.includes(mailbox.role);
}

function rank(mailbox: Mailbox): number {
  return roleOrder.indexOf(mailbox.role ?? "");
}

function byOrder(a: Mailbox, b: Mailbox): number {
  return a.sortOrder - b.sortOrder || a.name.localeCompare(b.name, undefined, { numeric: true });
}
