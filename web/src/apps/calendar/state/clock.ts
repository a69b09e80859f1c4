/** Reads a time of day as people write it: `14:30`, `14h30`, `14h`, `2pm`, `9`, `noon`; minutes since midnight, or null. */
export function readTime(text: string): number | null {
  const plain = text.trim().toLowerCase();
  if (plain === "midi" || plain === "noon") return 720;
  if (plain === "minuit" || plain === "midnight") return 0;
  const [, hours, minutes = "0", half] =
    /^(\d{1,2})(?:\s*[:h.]\s*(\d{2})|\s*h)?\s*(am|pm|a\.m\.|p\.m\.)?$/.exec(plain) ??
    /^(\d{2})(\d{2})$/.exec(plain) ??
    [];
  if (hours === undefined) return null;
  let hour = Number(hours);
  if (half) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (half.startsWith("p") ? 12 : 0);
  }
  if (hour > 23 || Number(minutes) > 59) return null;
  return hour * 60 + Number(minutes);
}
