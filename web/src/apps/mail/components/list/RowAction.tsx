import type { Icon } from "@tabler/icons-react";
import classes from "./ConversationRow.module.css";

interface RowActionProps {
  label: string;
  icon: Icon;
  onClick(): void;
}

/**
 * A button that shows while the pointer is over a row. The keyboard has shortcuts for the same, so it is no tab stop. A
 * list draws some eighty of them at once: hence the plain element.
 */
export function RowAction({ label, icon: Icon, onClick }: RowActionProps) {
  return (
    <button
      type="button"
      className={classes.action}
      title={label}
      aria-label={label}
      tabIndex={-1}
      onClick={(event) => {
        event.stopPropagation();
        onClick();
      }}
    >
      <Icon className={classes.actionIcon} />
    </button>
  );
}
