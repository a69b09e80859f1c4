import classes from "./Avatar.module.css";
import { avatarHues } from "./theme";

interface AvatarProps {
  name?: string | null;
  address?: string | null;
  /** In pixels. */
  size?: number;
}

/** A person as a round picture of initials, always the same colour for the same address. The name stands beside it. */
export function Avatar({ name, address, size = 32 }: AvatarProps) {
  const hue = hueOf((address || name || "").toLowerCase());
  return (
    <span
      className={classes.avatar}
      aria-hidden="true"
      // Drawn by the style sheet: letters that nobody says are no text of the button they stand in (WCAG 2.5.3).
      data-initials={initialsOf(name || address || "")}
      style={{
        width: size,
        height: size,
        fontSize: size * 0.4,
        background: `var(--bastide-avatar-ground-${hue})`,
        color: `var(--bastide-avatar-letters-${hue})`,
      }}
    />
  );
}

export function initialsOf(text: string): string {
  const words = text
    .replace(/@.*$/, "")
    .split(/[\s._-]+/)
    .map((word) => [...word].find((letter) => /\p{L}|\p{N}/u.test(letter)))
    .filter((letter) => letter !== undefined);
  const initials = words.length > 1 ? [words[0], words.at(-1)] : words.slice(0, 1);
  return initials.join("").toLocaleUpperCase() || "?";
}

function hueOf(text: string): number {
  let sum = 0;
  for (const letter of text) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return sum % avatarHues;
}
