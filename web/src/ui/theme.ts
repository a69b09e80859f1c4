import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

/**
 * Every colour and size of the client. Components use the variables made here (`--bastide-…`) or Mantine's own.
 * Text colours keep 4.5:1 on every ground they are used on (WCAG 2.2, 1.4.3), in both schemes.
 */

const pine: MantineColorsTuple = [
  "#edf7f4",
  "#dbeee9",
  "#b5ddd2",
  "#8bcabb",
  "#69baa7",
  "#4aa894",
  "#2f8f7c",
  "#1d7767",
  "#146456",
  "#0c4a40",
];

const dark: MantineColorsTuple = [
  "#e9e9eb",
  "#b6b9c0",
  "#969aa3",
  "#5d626c",
  "#3c4049",
  "#31343c",
  "#26282e",
  "#1d1f24",
  "#17181c",
  "#101114",
];

/** Dark enough that white is read on the shade that buttons have, in both schemes. */
const red: MantineColorsTuple = [
  "#fdf0ef",
  "#fbdedb",
  "#f5bcb7",
  "#f0978f",
  "#ff8f85",
  "#e2564b",
  "#d23a2f",
  "#c12e24",
  "#b3261e",
  "#8c1c16",
];

/** Grounds and letters of the round pictures made of initials. */
const avatars = [
  { ground: "#e3ecf8", letters: "#24508c", darkGround: "#243450", darkLetters: "#b5cff2" },
  { ground: "#dff0ea", letters: "#15604f", darkGround: "#1d3f37", darkLetters: "#a5dccd" },
  { ground: "#f6e6dc", letters: "#8a431b", darkGround: "#4b2f20", darkLetters: "#f0c3a6" },
  { ground: "#efe5f6", letters: "#6a3592", darkGround: "#3d2a4d", darkLetters: "#dcc0f0" },
  { ground: "#f9e3e7", letters: "#97283f", darkGround: "#4d2530", darkLetters: "#f3b9c5" },
  { ground: "#f3ecd2", letters: "#6b5410", darkGround: "#423819", darkLetters: "#e3d192" },
  { ground: "#e0eef4", letters: "#1a5a75", darkGround: "#1f3d4a", darkLetters: "#a9d7ea" },
  { ground: "#e9ead9", letters: "#535b1d", darkGround: "#373b1d", darkLetters: "#d0d795" },
] as const;

export const avatarHues = avatars.length;

/** What calendars are offered, and have when nobody chose: events are seen in a tint of it, their words in that of all text. */
export const calendarColours = [
  "#1d7767",
  "#2f6fd0",
  "#c2552d",
  "#8a4fb8",
  "#b88300",
  "#c23b64",
  "#3f8f3a",
  "#1f8aa8",
  "#6b6f77",
  "#8c5a3c",
] as const;

export const theme = createTheme({
  colors: { pine, red, dark },
  primaryColor: "pine",
  primaryShade: { light: 8, dark: 7 },
  white: "#ffffff",
  black: "#1d1f23",
  fontFamily: '"Inter Variable", system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace",
  headings: { fontWeight: "620" },
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.25rem" },
  defaultRadius: "md",
  radius: { xs: "0.25rem", sm: "0.375rem", md: "0.5rem", lg: "0.75rem", xl: "1.25rem" },
  cursorType: "pointer",
  focusRing: "auto",
  respectReducedMotion: true,
  components: {
    Tooltip: {
      defaultProps: { openDelay: 400, withinPortal: true, events: { hover: true, focus: true, touch: false } },
    },
    Modal: {
      defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.45 } },
      styles: { title: { fontWeight: 620, fontSize: "var(--mantine-font-size-lg)" } },
    },
    // Opened, a menu has the focus on its first item: nothing but items may stand in a menu (ARIA 1.2).
    Menu: { defaultProps: { shadow: "lg", withinPortal: true, withInitialFocusPlaceholder: false } },
    Popover: { defaultProps: { shadow: "lg", withinPortal: true } },
    ActionIcon: { defaultProps: { variant: "subtle", color: "gray" } },
    Loader: { defaultProps: { type: "oval" } },
  },
});

export const variables: CSSVariablesResolver = () => ({
  variables: {
    "--bastide-rail": "3.75rem",
    "--bastide-bar": "3.5rem",
    "--bastide-row": "2.75rem",
    "--bastide-gap": "0.75rem",
    "--bastide-target": "2.75rem",
    "--bastide-reading": "46rem",
    "--bastide-panel": "22.5rem",
    "--bastide-hairline": "1px",
    "--bastide-ring": "2px",
    "--bastide-folders": "15.5rem",
    "--bastide-list": "26rem",
    "--bastide-measure": "56rem",
    "--bastide-window-width": "38rem",
    "--bastide-window-height": "40rem",
    "--bastide-icon-size": "1.125rem",
    "--bastide-preview": "9rem",
    "--bastide-row-conversation": "4.75rem",
    "--bastide-quick": "120ms",
  },
  light: {
    "--bastide-bg": "#f4f2ee",
    "--bastide-surface": "#ffffff",
    "--bastide-raised": "#ffffff",
    "--bastide-sunken": "#faf9f6",
    "--bastide-border": "#e7e3db",
    "--bastide-border-strong": "#cbc6bb",
    "--bastide-text": "#1d1f23",
    "--bastide-text-soft": "#53575f",
    "--bastide-text-faint": "#676b73",
    "--bastide-accent": "#146456",
    "--bastide-accent-soft": "#e1f0eb",
    "--bastide-on-accent": "#ffffff",
    "--bastide-hover": "#f3f1ec",
    "--bastide-rail-hover": "#e9e6df",
    "--bastide-flag": "#a8620a",
    "--bastide-danger": "#b3261e",
    "--bastide-warning-ground": "#fbeecf",
    "--bastide-warning-text": "#5f4300",
    "--bastide-unread": "#146456",
    "--bastide-mark": "#fbe9a9",
    "--bastide-shadow": "0 0.5rem 2rem rgb(29 31 35 / 18%), 0 0.125rem 0.5rem rgb(29 31 35 / 10%)",
    "--mantine-color-body": "#ffffff",
    "--mantine-color-text": "#1d1f23",
    "--mantine-color-dimmed": "#5d6169",
    "--mantine-color-placeholder": "#6b6f77",
    "--mantine-color-default-border": "#cbc6bb",
    "--mantine-color-default-hover": "#f6f4f0",
    "--mantine-color-error": "#b3261e",
    ...avatarVariables("ground", "letters"),
  },
  dark: {
    "--bastide-bg": "#17181c",
    "--bastide-surface": "#1d1f24",
    "--bastide-raised": "#26282e",
    "--bastide-sunken": "#191b1f",
    "--bastide-border": "#2f3239",
    "--bastide-border-strong": "#4a4e58",
    "--bastide-text": "#e9e9eb",
    "--bastide-text-soft": "#b6b9c0",
    "--bastide-text-faint": "#9b9fa8",
    "--bastide-accent": "#69baa7",
    "--bastide-accent-soft": "#203a35",
    "--bastide-on-accent": "#0b1f1b",
    "--bastide-hover": "#25272d",
    "--bastide-rail-hover": "#26282e",
    "--bastide-flag": "#efb04b",
    "--bastide-danger": "#ff8f85",
    "--bastide-warning-ground": "#43360f",
    "--bastide-warning-text": "#f6dd9a",
    "--bastide-unread": "#69baa7",
    "--bastide-mark": "#5b4a12",
    "--bastide-shadow": "0 0.5rem 2rem rgb(0 0 0 / 55%), 0 0.125rem 0.5rem rgb(0 0 0 / 40%)",
    "--mantine-color-body": "#1d1f24",
    "--mantine-color-text": "#e9e9eb",
    "--mantine-color-dimmed": "#a3a7af",
    "--mantine-color-placeholder": "#9296a0",
    "--mantine-color-default": "#26282e",
    "--mantine-color-default-border": "#454952",
    "--mantine-color-default-hover": "#2d3037",
    "--mantine-color-error": "#ff8f85",
    ...avatarVariables("darkGround", "darkLetters"),
  },
});

function avatarVariables(ground: "ground" | "darkGround", letters: "letters" | "darkLetters"): Record<string, string> {
  return Object.fromEntries(
    avatars.flatMap((hue, at) => [
      [`--bastide-avatar-ground-${at}`, hue[ground]],
      [`--bastide-avatar-letters-${at}`, hue[letters]],
    ]),
  );
}

/** Below this width the client is laid out for a phone. The same as Mantine's `sm`, and as `48em` in the style sheets. */
export const phoneWidth = "48em";
