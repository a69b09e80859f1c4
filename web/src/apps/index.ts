import { IconAddressBook, IconCalendar, IconHome, IconMail } from "@tabler/icons-react";
import type { ComponentType } from "react";

/** An app of the workplace, as the rail and the router know it. Its code and texts are fetched when it is first opened. */
export interface App {
  id: string;
  path: `/${string}`;
  labelId: string;
  icon: ComponentType<{ size?: number; stroke?: number }>;
  /** What the server must have for it to be offered. */
  capability?: string;
  /** `ahead` is what its first screen asks of the server: drawn once with the answers, it is there sooner than drawn twice. */
  load: () => Promise<{ default: ComponentType; ahead: Promise<void> }>;
}

export const home: App = {
  id: "home",
  path: "/home",
  labelId: "shell:apps.home",
  icon: IconHome,
  load: () => import("./home/routes"),
};

export const mail: App = {
  id: "mail",
  path: "/mail",
  labelId: "shell:apps.mail",
  icon: IconMail,
  load: () => import("./mail/routes"),
};

export const calendar: App = {
  id: "calendar",
  path: "/calendar",
  labelId: "shell:apps.calendar",
  icon: IconCalendar,
  capability: "urn:ietf:params:jmap:calendars",
  load: () => import("./calendar/routes"),
};

export const contacts: App = {
  id: "contacts",
  path: "/contacts",
  labelId: "shell:apps.contacts",
  icon: IconAddressBook,
  capability: "urn:ietf:params:jmap:contacts",
  load: () => import("./contacts/routes"),
};

/** In the order of the rail. */
export const apps: readonly App[] = [home, mail, calendar, contacts];
