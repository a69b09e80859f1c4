import { Avatar } from "../../../ui";
import type { ListCard } from "../api/cardGet";
import { displayName, first } from "../state/names";
import { usePhoto } from "../state/photo";
import classes from "./Face.module.css";

interface FaceProps {
  accountId: string;
  card: Pick<ListCard, "media" | "name" | "nicknames" | "organizations" | "emails" | "phones" | "kind">;
  size: number;
}

/** The photo of somebody, or their initials. The name stands beside it. */
export function Face({ accountId, card, size }: FaceProps) {
  const photo = usePhoto(accountId, card);
  if (photo) return <img className={classes.photo} src={photo} alt="" width={size} height={size} />;
  return <Avatar name={displayName(card)} address={first(card.emails)?.address ?? null} size={size} />;
}
