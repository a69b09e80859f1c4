import { Alert, Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Refused } from "../api/ask";

const known = new Set(["taken", "tooMany", "wait", "offline"]);

// i18n: book:taken, book:tooMany, book:wait, book:offline
/** Why something did not work, and what one can do. */
export function Refusal({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation("book");
  const { reason, message } = error instanceof Refused ? error : { reason: "unavailable", message: "" };
  return (
    <Alert color="red" variant="light" mb="md" role="alert">
      {known.has(reason) ? t(reason) : message ? t("invalid", { description: message }) : t("error")}
      {onRetry && (
        <Button variant="default" size="sm" mt="sm" display="block" onClick={onRetry}>
          {t("retry")}
        </Button>
      )}
    </Alert>
  );
}
