import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useId } from "react";
import classes from "./Card.module.css";

interface CardProps {
  title: string;
  /** Beside the title. */
  note?: string | undefined;
  /** Where there is more. */
  link?: { to: "/calendar/$" | "/mail/$"; splat: string; text: string } | undefined;
  children: ReactNode;
}

/** One part of the screen, with its heading. */
export function Card({ title, note, link, children }: CardProps) {
  const id = useId();
  return (
    <section className={classes.card} aria-labelledby={id}>
      <div className={classes.head}>
        <h2 id={id} className={classes.title}>
          {title}
        </h2>
        {note && <span className={classes.note}>{note}</span>}
        {link && (
          <Link className={classes.more} to={link.to} params={{ _splat: link.splat }}>
            {link.text}
          </Link>
        )}
      </div>
      {children}
    </section>
  );
}

/** What a part says that has nothing to show. */
export function Nothing({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className={classes.nothing}>
      <p>{children}</p>
      {action}
    </div>
  );
}
