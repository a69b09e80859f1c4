import { Text, Title } from "@mantine/core";
import type { ComponentType, ReactNode } from "react";
import classes from "./EmptyState.module.css";

interface EmptyStateProps {
  icon: ComponentType<{ size?: number; stroke?: number }>;
  title: string;
  /** What the person can do about it. */
  text?: string;
  action?: ReactNode;
  /** When it is all there is on the page, its title is the page's. */
  isPage?: boolean;
}

export function EmptyState({ icon: Icon, title, text, action, isPage = false }: EmptyStateProps) {
  return (
    <div className={classes.empty}>
      <span className={classes.icon} aria-hidden="true">
        <Icon size={28} stroke={1.5} />
      </span>
      <Title order={isPage ? 1 : 2} size="h4">
        {title}
      </Title>
      {text && (
        <Text c="dimmed" size="md" className={classes.text}>
          {text}
        </Text>
      )}
      {action && <div className={classes.action}>{action}</div>}
    </div>
  );
}
