import { IconArchive, IconTrash } from "@tabler/icons-react";
import { type PointerEvent, type ReactNode, useRef, useState } from "react";
import type { Conversation } from "../../state/conversationList";
import { useMail } from "../../state/MailContext";
import classes from "./ConversationList.module.css";

interface SwipeRowProps {
  conversation: Conversation;
  children: ReactNode;
}

/** How far, as a part of the row's width, a swipe must go to do something. */
const threshold = 0.3;
const slop = 12;

/** On touch screens: swiping towards the end archives, towards the start deletes. */
export function SwipeRow({ conversation, children }: SwipeRowProps) {
  const { actions } = useMail();
  const start = useRef<{ x: number; y: number; id: number } | null>(null);
  const [shift, setShift] = useState(0);
  const [settling, setSettling] = useState(false);
  const swiped = useRef(false);

  const down = (event: PointerEvent) => {
    if (event.pointerType !== "touch" || !event.isPrimary) return;
    start.current = { x: event.clientX, y: event.clientY, id: event.pointerId };
    swiped.current = false;
    setSettling(false);
  };
  const move = (event: PointerEvent) => {
    if (start.current?.id !== event.pointerId) return;
    const dx = event.clientX - start.current.x;
    const dy = event.clientY - start.current.y;
    if (!swiped.current && (Math.abs(dx) < slop || Math.abs(dy) > Math.abs(dx))) return;
    if (!swiped.current) {
      swiped.current = true;
      event.currentTarget.setPointerCapture(event.pointerId);
    }
    setShift(dx);
  };
  const end = (event: PointerEvent) => {
    if (start.current?.id !== event.pointerId) return;
    const width = event.currentTarget.clientWidth;
    start.current = null;
    setSettling(true);
    setShift(0);
    if (!swiped.current || event.type === "pointercancel") return;
    if (shift > width * threshold) actions.archive({ conversations: [conversation] });
    else if (shift < -width * threshold) actions.remove({ conversations: [conversation] });
  };

  return (
    <div
      className={classes.swipe}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={end}
      onClickCapture={(event) => {
        if (!swiped.current) return;
        swiped.current = false;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      {shift !== 0 && (
        <div className={classes.behind} data-side={shift > 0 ? "archive" : "delete"} aria-hidden>
          <IconArchive className={classes.behindIcon} />
          <IconTrash className={classes.behindIcon} />
        </div>
      )}
      <div
        className={classes.swiped}
        data-settling={settling || undefined}
        style={shift === 0 ? undefined : { transform: `translateX(${shift}px)` }}
      >
        {children}
      </div>
    </div>
  );
}
