/**
 * The JMAP objects the web client uses, in the words of RFC 8620 (core), RFC 8621 (mail) and RFC 9425 (quotas).
 * A `/get` gives only the properties asked for: each caller knows which of the optional ones it asked for.
 */

export type Id = string;
/** RFC 8620 §1.4, always in UTC. */
export type UTCDate = string;

export type Invocation = [name: string, args: Record<string, unknown>, callId: string];

/** RFC 8620 §3.7: given as the value of an argument whose name starts with `#`. */
export interface ResultReference {
  resultOf: string;
  name: string;
  path: string;
}

/** RFC 8620 §2. */
export interface JmapSession {
  capabilities: Capabilities;
  accounts: Record<Id, JmapAccount>;
  primaryAccounts: Record<string, Id>;
  username: string;
  apiUrl: string;
  downloadUrl: string;
  uploadUrl: string;
  eventSourceUrl: string;
  state: string;
}

export interface Capabilities {
  "urn:ietf:params:jmap:core": CoreCapability;
  [uri: string]: CoreCapability | Record<string, unknown>;
}

export interface CoreCapability {
  maxSizeUpload: number;
  maxConcurrentUpload: number;
  maxSizeRequest: number;
  maxConcurrentRequests: number;
  maxCallsInRequest: number;
  maxObjectsInGet: number;
  maxObjectsInSet: number;
  collationAlgorithms: string[];
}

export interface JmapAccount {
  name: string;
  isPersonal: boolean;
  isReadOnly: boolean;
  accountCapabilities: Record<string, Record<string, unknown>>;
}

/** RFC 8620 §7.1. */
export interface StateChange {
  "@type": "StateChange";
  changed: Record<Id, Record<string, string>>;
}

/** RFC 8620 §6.1. */
export interface UploadResponse {
  accountId: Id;
  blobId: Id;
  type: string;
  size: number;
}

/** RFC 8620 §5.1. */
export interface GetResponse<T> {
  accountId: Id;
  state: string;
  list: T[];
  notFound: Id[];
}

/** RFC 8620 §5.2; `updatedProperties` is Mailbox/changes' own (RFC 8621 §2.2). */
export interface ChangesResponse {
  accountId: Id;
  oldState: string;
  newState: string;
  hasMoreChanges: boolean;
  created: Id[];
  updated: Id[];
  destroyed: Id[];
  updatedProperties?: string[] | null;
}

/** RFC 8620 §5.3. */
export interface SetError {
  type: string;
  description?: string | null;
  properties?: string[] | null;
  existingId?: Id;
  notFound?: Id[];
  maxRecipients?: number;
  invalidRecipients?: string[];
  maxSize?: number;
}

export interface SetResponse<T> {
  accountId: Id;
  oldState: string | null;
  newState: string;
  created?: Record<Id, Partial<T> & { id: Id }> | null;
  updated?: Record<Id, Partial<T> | null> | null;
  destroyed?: Id[] | null;
  notCreated?: Record<Id, SetError> | null;
  notUpdated?: Record<Id, SetError> | null;
  notDestroyed?: Record<Id, SetError> | null;
}

/** RFC 8620 §5.5. */
export interface QueryResponse {
  accountId: Id;
  queryState: string;
  canCalculateChanges: boolean;
  position: number;
  ids: Id[];
  total?: number;
  limit?: number;
}

/** RFC 8620 §5.6. */
export interface QueryChangesResponse {
  accountId: Id;
  oldQueryState: string;
  newQueryState: string;
  total?: number;
  removed: Id[];
  added: { id: Id; index: number }[];
}

export interface Comparator {
  property: string;
  isAscending?: boolean;
  collation?: string;
  keyword?: string;
}

export interface FilterOperator<C = FilterCondition> {
  operator: "AND" | "OR" | "NOT";
  conditions: (FilterOperator<C> | C)[];
}

/** RFC 8621 §4.4.1. */
export interface FilterCondition {
  inMailbox?: Id;
  inMailboxOtherThan?: Id[];
  before?: UTCDate;
  after?: UTCDate;
  minSize?: number;
  maxSize?: number;
  allInThreadHaveKeyword?: string;
  someInThreadHaveKeyword?: string;
  noneInThreadHaveKeyword?: string;
  hasKeyword?: string;
  notKeyword?: string;
  hasAttachment?: boolean;
  text?: string;
  from?: string;
  to?: string;
  cc?: string;
  bcc?: string;
  subject?: string;
  body?: string;
  header?: string[];
}

export type Filter = FilterOperator | FilterCondition;

export type MailboxRole =
  | "all"
  | "archive"
  | "drafts"
  | "flagged"
  | "important"
  | "inbox"
  | "junk"
  | "sent"
  | "subscribed"
  | "trash";

/** RFC 8621 §2. */
export interface Mailbox {
  id: Id;
  name: string;
  parentId: Id | null;
  role: MailboxRole | null;
  sortOrder: number;
  totalEmails: number;
  unreadEmails: number;
  totalThreads: number;
  unreadThreads: number;
  myRights: MailboxRights;
  isSubscribed: boolean;
}

export interface MailboxRights {
  mayReadItems: boolean;
  mayAddItems: boolean;
  mayRemoveItems: boolean;
  maySetSeen: boolean;
  maySetKeywords: boolean;
  mayCreateChild: boolean;
  mayRename: boolean;
  mayDelete: boolean;
  maySubmit: boolean;
}

/** RFC 8621 §3. */
export interface Thread {
  id: Id;
  emailIds: Id[];
}

/** RFC 8621 §4.1.2.3. */
export interface EmailAddress {
  name: string | null;
  email: string;
}

export interface EmailAddressGroup {
  name: string | null;
  addresses: EmailAddress[];
}

export interface EmailHeader {
  name: string;
  value: string;
}

/** RFC 8621 §4.1.4. */
export interface EmailBodyPart {
  partId: string | null;
  blobId: Id | null;
  size: number;
  headers?: EmailHeader[];
  name: string | null;
  type: string;
  charset: string | null;
  disposition: string | null;
  cid: string | null;
  language?: string[] | null;
  location?: string | null;
  subParts?: EmailBodyPart[] | null;
}

export interface EmailBodyValue {
  value: string;
  isEncodingProblem: boolean;
  isTruncated: boolean;
}

/** RFC 8621 §4.1, with `safeHtml` of `urn:bastide:jmap:safe-html`. */
export interface Email {
  id: Id;
  blobId: Id;
  threadId: Id;
  mailboxIds: Record<Id, boolean>;
  keywords: Record<string, boolean>;
  size: number;
  receivedAt: UTCDate;
  messageId: string[] | null;
  inReplyTo: string[] | null;
  references: string[] | null;
  sender: EmailAddress[] | null;
  from: EmailAddress[] | null;
  to: EmailAddress[] | null;
  cc: EmailAddress[] | null;
  bcc: EmailAddress[] | null;
  replyTo: EmailAddress[] | null;
  subject: string | null;
  /** With the sender's own offset, RFC 8620 §1.4 `Date`. */
  sentAt: string | null;
  headers?: EmailHeader[];
  bodyStructure?: EmailBodyPart;
  bodyValues?: Record<string, EmailBodyValue>;
  textBody?: EmailBodyPart[];
  htmlBody?: EmailBodyPart[];
  attachments?: EmailBodyPart[];
  hasAttachment: boolean;
  preview: string;
  safeHtml?: string | null;
}

/** RFC 8621 §5. */
export interface SearchSnippet {
  emailId: Id;
  subject: string | null;
  preview: string | null;
}

/** RFC 8621 §6. */
export interface Identity {
  id: Id;
  name: string;
  email: string;
  replyTo: EmailAddress[] | null;
  bcc: EmailAddress[] | null;
  textSignature: string;
  htmlSignature: string;
  mayDelete: boolean;
}

export interface EnvelopeAddress {
  email: string;
  parameters: Record<string, string | null> | null;
}

/** RFC 8621 §7. */
export interface EmailSubmission {
  id: Id;
  identityId: Id;
  emailId: Id;
  threadId: Id;
  envelope: { mailFrom: EnvelopeAddress; rcptTo: EnvelopeAddress[] } | null;
  sendAt: UTCDate;
  undoStatus: "pending" | "final" | "canceled";
  deliveryStatus: Record<string, { smtpReply: string; delivered: string; displayed: string }> | null;
  dsnBlobIds: Id[];
  mdnBlobIds: Id[];
}

/** RFC 8621 §8. */
export interface VacationResponse {
  id: "singleton";
  isEnabled: boolean;
  fromDate: UTCDate | null;
  toDate: UTCDate | null;
  subject: string | null;
  textBody: string | null;
  htmlBody: string | null;
}

/** RFC 9425 §4. */
export interface Quota {
  id: Id;
  resourceType: "count" | "octets";
  used: number;
  hardLimit: number;
  scope: "account" | "domain" | "global";
  name: string;
  types: string[];
  warnLimit?: number | null;
  softLimit?: number | null;
  description?: string | null;
}
