import type { SuggestedRecipient } from "../../../lib/jmap/recipientSuggest";
import type { EmailAddress } from "../../../lib/jmap/types";
import { sameAddress } from "./addresses";

/** What can be chosen while a recipient is typed. */
export interface RecipientOption {
  name: string | null;
  addresses: EmailAddress[];
  isGroup: boolean;
}

/** What the server suggests, then whoever else recent mail knows; nobody who is a recipient already, each address once. */
export function recipientOptions(
  suggested: SuggestedRecipient[],
  known: EmailAddress[],
  taken: EmailAddress[],
  most: number,
): RecipientOption[] {
  const isTaken = ({ email }: EmailAddress) => taken.some((other) => sameAddress(other.email, email));
  const options: RecipientOption[] = suggested
    .map(({ name, emails, source }) => ({
      name,
      addresses: emails.filter((address) => !isTaken(address)),
      isGroup: source === "group",
    }))
    .filter(({ addresses }) => addresses.length > 0);
  for (const { name, email } of known)
    if (
      !isTaken({ name, email }) &&
      !options.some(({ addresses, isGroup }) => !isGroup && addresses.some((other) => sameAddress(other.email, email)))
    )
      options.push({ name, addresses: [{ name, email }], isGroup: false });
  return options.slice(0, most);
}
