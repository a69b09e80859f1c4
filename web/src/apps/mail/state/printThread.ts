import i18next from "i18next";
import { t } from "../../../i18n";
import { queryClient } from "../../../lib/queryClient";
import { formatFull } from "../../../ui";
import { messageGet } from "../api/messageGet";
import { formatAddress } from "./addresses";
import { bodyText } from "./compose/start";
import type { ListEmail } from "./emailPatch";
import { mailKeys } from "./keys";
import { escapeHtml, textToHtml } from "./plainText";

/** Prints the messages of a conversation, one after another, from a frame without scripts that loads nothing remote. */
export async function printThread(accountId: string, emails: ListEmail[], subject: string): Promise<void> {
  const messages = await Promise.all(
    emails.map(({ id }) =>
      queryClient.ensureQueryData({
        queryKey: mailKeys.message(accountId, id),
        queryFn: () => messageGet(accountId, id),
      }),
    ),
  );
  const parts = messages.flatMap((message) => {
    if (!message) return [];
    const line = (label: string, value: string) =>
      value ? `<div><b>${escapeHtml(label)}</b> ${escapeHtml(value)}</div>` : "";
    const head = [
      line(t("mail:headers.from"), (message.from ?? []).map(formatAddress).join(", ")),
      line(t("mail:headers.to"), (message.to ?? []).map(formatAddress).join(", ")),
      line(t("mail:headers.cc"), (message.cc ?? []).map(formatAddress).join(", ")),
      line(t("mail:headers.date"), formatFull(message.sentAt ?? message.receivedAt, i18next.language)),
    ].join("");
    return [`<section><header>${head}</header>${message.safeHtml ?? textToHtml(bodyText(message))}</section>`];
  });
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-same-origin allow-modals");
  frame.setAttribute("aria-hidden", "true");
  frame.style.position = "fixed";
  frame.style.visibility = "hidden";
  frame.srcdoc = `<!doctype html><html><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<style>body { font: 11pt/1.45 sans-serif; } h1 { font-size: 15pt; } section { margin-block: 1.5em; } header { border-block: 1px solid; padding-block: 0.5em; margin-bottom: 1em; }
img { max-width: 100%; } img:not([src]) { display: none; }</style></head><body><h1>${escapeHtml(subject)}</h1>${parts.join("")}</body></html>`;
  await new Promise<void>((resolve) => {
    frame.onload = () => resolve();
    document.body.append(frame);
  });
  frame.contentWindow?.addEventListener("afterprint", () => frame.remove());
  frame.contentWindow?.print();
}
