import { Button, Loader, Text, Title } from "@mantine/core";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { currentLanguage } from "../i18n";
import { SignInError, signIn } from "../lib/oidc";
import { FullPage } from "./FullPage";
import { usePageTitle } from "./usePageTitle";

interface SignInPageProps {
  /** What came of the last attempt. */
  failure: SignInError | null;
  /** Whether to leave for the sign-in page at once, or to wait for the person to ask. */
  isAutomatic: boolean;
}

// i18n: shell:signIn.*

export function SignInPage({ failure, isAutomatic }: SignInPageProps) {
  const { t } = useTranslation("shell");
  const [error, setError] = useState<Error | null>(failure);
  const [isLeaving, setLeaving] = useState(isAutomatic && !failure);
  usePageTitle(t("signIn.title"));

  const leave = useCallback(() => {
    setLeaving(true);
    setError(null);
    signIn(currentLanguage(), failure?.returnTo).catch((reason: Error) => {
      setLeaving(false);
      setError(reason);
    });
  }, [failure]);

  useEffect(() => {
    if (isAutomatic && !failure) leave();
  }, [isAutomatic, failure, leave]);

  if (isLeaving) {
    return (
      <FullPage>
        <Loader size="sm" />
        <Text c="dimmed" role="status">
          {t("signIn.leaving")}
        </Text>
      </FullPage>
    );
  }
  return (
    <FullPage>
      <Title order={1} size="h3">
        {error ? t("signIn.failed") : t("signIn.signedOut")}
      </Title>
      {error && (
        <Text c="dimmed" role="alert">
          {reasonOf(error, t)}
        </Text>
      )}
      <Button onClick={leave}>{error ? t("action.retry") : t("signIn.signIn")}</Button>
    </FullPage>
  );
}

function reasonOf(error: Error, t: (id: string) => string): string {
  if (!(error instanceof SignInError)) return t("signIn.unreachable");
  if (error.code === "access_denied") return t("signIn.denied");
  if (error.code === "insecure") return t("signIn.insecure");
  return error.message;
}
