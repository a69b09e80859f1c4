import type { Email } from "../../../lib/jmap/types";

/** The properties of a message that lists and thread heads show. */
export type ListEmail = Pick<
  Email,
  | "id"
  | "blobId"
  | "threadId"
  | "mailboxIds"
  | "keywords"
  | "from"
  | "to"
  | "subject"
  | "receivedAt"
  | "preview"
  | "hasAttachment"
  | "size"
>;

/**
 * One `update` of `Email/set` on the two properties of a message that may change: `keywords/x` and `mailboxIds/x`
 * set to true or null, or the whole of `mailboxIds`. RFC 8621 §4.6. `null` in place of a patch destroys the message.
 */
export type EmailPatch = Record<string, true | null | Record<string, true>>;
export type EmailChanges = Map<string, EmailPatch | null>;

/** The message as it will be when the server has taken the patch. */
export function applyPatch<T extends Pick<Email, "mailboxIds" | "keywords">>(email: T, patch: EmailPatch): T {
  const keywords = { ...email.keywords };
  let mailboxIds = { ...email.mailboxIds };
  for (const [path, value] of Object.entries(patch)) {
    const [property, key] = split(path);
    if (path === "mailboxIds") mailboxIds = { ...(value as Record<string, true>) };
    else if (property === "keywords") setKey(keywords, key, value === true);
    else if (property === "mailboxIds") setKey(mailboxIds, key, value === true);
  }
  return { ...email, keywords, mailboxIds };
}

/** The patch that brings back what `patch` changes. */
export function inversePatch(email: Pick<Email, "mailboxIds" | "keywords">, patch: EmailPatch): EmailPatch {
  const inverse: EmailPatch = {};
  for (const path of Object.keys(patch)) {
    const [property, key] = split(path);
    if (path === "mailboxIds") inverse.mailboxIds = { ...(email.mailboxIds as Record<string, true>) };
    else if (property === "keywords") inverse[path] = email.keywords[key] ? true : null;
    else if (property === "mailboxIds") inverse[path] = email.mailboxIds[key] ? true : null;
  }
  return inverse;
}

function split(path: string): [string, string] {
  const slash = path.indexOf("/");
  if (slash < 0) return [path, ""];
  return [
    path.slice(0, slash),
    path
      .slice(slash + 1)
      .replaceAll("~1", "/")
      .replaceAll("~0", "~"),
  ];
}

function setKey(map: Record<string, boolean>, key: string, on: boolean): void {
  if (on) map[key] = true;
  else delete map[key];
}

/** A keyword or mailbox id as a segment of a patch path. RFC 6901 §3. */
export function patchPath(property: "keywords" | "mailboxIds", key: string): string {
  return `${property}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

export function keywordPatch(keyword: string, on: boolean): EmailPatch {
  return { [patchPath("keywords", keyword)]: on ? true : null };
}

/** Moves out of `from` into `to`; without `from`, into `to` alone. */
export function movePatch(from: string | null, to: string): EmailPatch {
  if (from === null) return { mailboxIds: { [to]: true } };
  return { [patchPath("mailboxIds", from)]: null, [patchPath("mailboxIds", to)]: true };
}
