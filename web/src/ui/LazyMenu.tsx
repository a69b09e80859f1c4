import { Menu, type MenuProps } from "@mantine/core";
import { type ReactNode, useEffect, useRef, useState } from "react";
import classes from "./LazyMenu.module.css";

interface LazyMenuProps {
  label: string;
  icon: ReactNode;
  position: NonNullable<MenuProps["position"]>;
  className?: string | undefined;
  disabled?: boolean;
  /** The items. */
  children: ReactNode;
}

/**
 * A button and its menu, which is made when it is first opened: a screen with a dozen of them is there sooner, and most
 * are never opened.
 */
export function LazyMenu({ label, icon, position, className, disabled, children }: LazyMenuProps) {
  const [wanted, setWanted] = useState(false);
  const [opened, setOpened] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const attributes = {
    type: "button",
    className: className ? `${classes.button} ${className}` : classes.button,
    disabled,
    "aria-label": label,
    ref: button,
  } as const;

  useEffect(() => {
    if (!wanted) return;
    // The menu's button is another element than the one that was pressed; closed, the menu gives it the focus back.
    button.current?.focus();
    setOpened(true);
  }, [wanted]);

  if (!wanted)
    return (
      <button {...attributes} aria-haspopup="menu" aria-expanded={false} onClick={() => setWanted(true)}>
        {icon}
      </button>
    );
  return (
    <Menu position={position} opened={opened} onChange={setOpened}>
      <Menu.Target>
        <button {...attributes}>{icon}</button>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}
