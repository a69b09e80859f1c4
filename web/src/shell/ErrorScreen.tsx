import { Button, Code, Group, Text, Title } from "@mantine/core";
import { Component, type ErrorInfo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./ErrorScreen.module.css";
import { FullPage } from "./FullPage";

/** What a person sees instead of what broke: a way on, and the words to give to whoever looks after the workplace. */
export function ErrorScreen({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation("shell");
  const details = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return (
    <div className={classes.screen} role="alert">
      <Title order={1} size="h3">
        {t("error.title")}
      </Title>
      <Text c="dimmed">{t("error.text")}</Text>
      <Code block className={classes.details}>
        {details}
      </Code>
      <Group justify="center">
        {onRetry && (
          <Button variant="default" onClick={onRetry}>
            {t("action.retry")}
          </Button>
        )}
        <Button onClick={() => location.reload()}>{t("error.reload")}</Button>
      </Group>
    </div>
  );
}

/** The last one: what no route has caught. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    reportError(new Error(`${error.message}${info.componentStack ?? ""}`, { cause: error }));
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return (
      <FullPage>
        <ErrorScreen error={this.state.error} />
      </FullPage>
    );
  }
}
