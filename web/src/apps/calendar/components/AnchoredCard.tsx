import { Drawer, Popover } from "@mantine/core";
import { type ReactNode, useLayoutEffect, useState } from "react";
import { useIsPhone } from "../../../ui";

interface AnchoredCardProps {
  /** What it stands beside, as a selector; where nothing is found it stands in the middle. */
  anchor: string;
  label: string;
  onClose(): void;
  children: ReactNode;
}

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** A card beside what it is about; on a phone a sheet from below. */
export function AnchoredCard({ anchor, label, onClose, children }: AnchoredCardProps) {
  const isPhone = useIsPhone();
  const box = useBox(anchor);
  if (isPhone)
    return (
      <Drawer.Root opened onClose={onClose} position="bottom" size="auto">
        <Drawer.Overlay backgroundOpacity={0.3} />
        <Drawer.Content aria-label={label} radius="lg" style={{ height: "auto", flex: "none", width: "100%" }}>
          <Drawer.Body p={0}>{children}</Drawer.Body>
        </Drawer.Content>
      </Drawer.Root>
    );
  return (
    <Popover
      opened
      onClose={onClose}
      onDismiss={onClose}
      position={box.width > innerWidth * 0.5 ? "bottom" : "right-start"}
      offset={8}
      trapFocus
      returnFocus
      withRoles={false}
      radius="lg"
      middlewares={{ flip: { fallbackAxisSideDirection: "start" }, shift: { padding: 8 } }}
    >
      <Popover.Target>
        <span aria-hidden style={{ position: "fixed", pointerEvents: "none", ...box }} />
      </Popover.Target>
      <Popover.Dropdown p={0} role="dialog" aria-label={label}>
        {children}
      </Popover.Dropdown>
    </Popover>
  );
}

/** Where it is now, and goes to when the view behind scrolls or changes. */
function useBox(selector: string): Box {
  const [box, show] = useState<Box>(middle);
  useLayoutEffect(() => {
    let frame = 0;
    let last = "";
    const look = () => {
      frame = requestAnimationFrame(look);
      const found = document.querySelector(selector)?.getBoundingClientRect();
      const { left, top, width, height } = found ?? middle();
      const next = [left, top, width, height].join();
      if (next === last) return;
      last = next;
      show({ left, top, width, height });
    };
    look();
    return () => cancelAnimationFrame(frame);
  }, [selector]);
  return box;
}

function middle(): Box {
  return { left: innerWidth / 2 - 180, top: innerHeight / 4, width: 0, height: 0 };
}
