import { Anchor, Button, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { currentLanguage } from "../i18n";
import { signIn, useSession } from "../lib/oidc";

/**
 * Over the page, which stays as it is behind: after signing in the person lands where they were, with what they had typed.
 * Signing in through another tab goes on here too, without leaving the page.
 */
export function SessionExpired() {
  const { status } = useSession();
  return status === "expired" ? <SignInAgain /> : null;
}

function SignInAgain() {
  const { t } = useTranslation("shell");
  const { address } = useSession();
  const [failure, setFailure] = useState<string | null>(null);
  const again = () => signIn(currentLanguage()).catch((error: Error) => setFailure(error.message));
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      zIndex={1000}
      title={t("expired.title")}
    >
      <Stack>
        <Text>{t("expired.text", { address })}</Text>
        {failure && (
          <Text c="red" role="alert">
            {failure}
          </Text>
        )}
        <Button onClick={() => void again()} data-autofocus>
          {t("expired.signIn")}
        </Button>
        <Text size="sm" c="dimmed" ta="center">
          <Anchor href="/" target="_blank" rel="noopener" inherit>
            {t("expired.otherTab")}
          </Anchor>
        </Text>
      </Stack>
    </Modal>
  );
}
