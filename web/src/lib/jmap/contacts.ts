import type { Id, UTCDate } from "./types";

/** The objects of JMAP for Contacts (RFC 9610), with cards as JSContact says them (RFC 9553), vCard's rest included (RFC 9555). */

/** RFC 9610 §2. */
export interface AddressBook {
  id: Id;
  name: string;
  description: string | null;
  sortOrder: number;
  isDefault: boolean;
  isSubscribed: boolean;
  myRights: AddressBookRights;
}

export interface AddressBookRights {
  mayRead: boolean;
  mayWrite: boolean;
  mayShare: boolean;
  mayDelete: boolean;
}

/** What stands in a map of a card under a key that means nothing: an address, a number, a note (RFC 9553 §1.4.1). */
export interface Labelled {
  contexts?: Record<string, boolean>;
  label?: string;
  pref?: number;
}

export interface NameComponent {
  kind: string;
  value: string;
  phonetic?: string;
}

/** RFC 9553 §2.2.1. */
export interface CardName {
  full?: string;
  components?: NameComponent[];
  isOrdered?: boolean;
  defaultSeparator?: string;
  sortAs?: Record<string, string>;
}

export interface CardOrganization extends Labelled {
  name?: string;
  units?: { name: string; sortAs?: string }[];
  sortAs?: string;
}

export interface CardTitle {
  name: string;
  kind?: "title" | "role";
  organizationId?: string;
}

export interface CardEmail extends Labelled {
  address: string;
}

export interface CardPhone extends Labelled {
  number: string;
  features?: Record<string, boolean>;
}

export interface CardOnlineService extends Labelled {
  service?: string;
  uri?: string;
  user?: string;
}

export interface CardAddress extends Labelled {
  components?: NameComponent[];
  isOrdered?: boolean;
  defaultSeparator?: string;
  countryCode?: string;
  full?: string;
  coordinates?: string;
  timeZone?: string;
}

export interface PartialDate {
  "@type"?: "PartialDate";
  year?: number;
  month?: number;
  day?: number;
  calendarScale?: string;
}

/** RFC 9553 §2.8.1. */
export interface Anniversary {
  kind: string;
  date: PartialDate | { "@type": "Timestamp"; utc: UTCDate };
  contexts?: Record<string, boolean>;
  label?: string;
}

export interface CardLink extends Labelled {
  uri: string;
  kind?: string;
  mediaType?: string;
}

/** RFC 9553 §2.6.4, with `blobId` of RFC 9610 §3. */
export interface CardMedia extends Labelled {
  kind: "photo" | "sound" | "logo";
  uri?: string;
  blobId?: Id;
  mediaType?: string;
}

export interface CardNote {
  note: string;
  created?: UTCDate;
}

/** A property of a vCard that JSContact has no word for (RFC 9555 §3.2.1). */
export type VCardProperty = [name: string, parameters: Record<string, string | string[]>, type: string, value: unknown];

/** A JSContact Card (RFC 9553 §2). What is not named here is there all the same, and stays. */
export interface Card {
  "@type"?: "Card";
  version?: string;
  uid?: string;
  kind?: string;
  created?: UTCDate;
  updated?: UTCDate;
  members?: Record<string, boolean>;
  name?: CardName;
  nicknames?: Record<Id, { name: string; contexts?: Record<string, boolean> }>;
  organizations?: Record<Id, CardOrganization>;
  titles?: Record<Id, CardTitle>;
  emails?: Record<Id, CardEmail>;
  phones?: Record<Id, CardPhone>;
  onlineServices?: Record<Id, CardOnlineService>;
  addresses?: Record<Id, CardAddress>;
  anniversaries?: Record<Id, Anniversary>;
  links?: Record<Id, CardLink>;
  media?: Record<Id, CardMedia>;
  notes?: Record<Id, CardNote>;
  keywords?: Record<string, boolean>;
  vCardProps?: VCardProperty[];
  [property: string]: unknown;
}

/** RFC 9610 §3. */
export interface ContactCard extends Card {
  id: Id;
  addressBookIds: Record<Id, boolean>;
}

/** RFC 9610 §3.3.1. */
export interface ContactFilter {
  inAddressBook?: Id;
  uid?: string;
  hasMember?: string;
  kind?: string;
  text?: string;
  name?: string;
  email?: string;
  phone?: string;
}
