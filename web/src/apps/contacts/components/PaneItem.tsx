import { type ComponentType, type ReactNode, useState } from "react";
import { formatCount } from "../../../ui";
import classes from "./SidePane.module.css";

interface PaneItemProps {
  icon: ComponentType<{ className?: string; "aria-hidden"?: boolean }>;
  name: string;
  count?: number | undefined;
  open: boolean;
  isQuiet?: boolean;
  onOpen(): void;
  menu?: ReactNode;
  /** What may be dropped on it. */
  accepts?: string | undefined;
  onDropped?(): void;
}

/** One line of the side pane. */
export function PaneItem({ icon: Icon, name, count, open, isQuiet, onOpen, menu, accepts, onDropped }: PaneItemProps) {
  const [over, setOver] = useState(false);
  return (
    <li
      className={classes.item}
      data-open={open || undefined}
      data-over={over || undefined}
      data-quiet={isQuiet || undefined}
      data-menu={menu ? true : undefined}
      onDragOver={(event) => {
        if (!accepts || !event.dataTransfer.types.includes(accepts)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = "copy";
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onDropped?.();
      }}
    >
      <button type="button" className={classes.target} aria-current={open ? "page" : undefined} onClick={onOpen}>
        <Icon className={classes.icon ?? ""} aria-hidden />
        <span className={classes.name}>{name}</span>
        {count !== undefined && count > 0 && <span className={classes.count}>{formatCount(count)}</span>}
      </button>
      {menu}
    </li>
  );
}
