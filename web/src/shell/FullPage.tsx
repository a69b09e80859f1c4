import type { ReactNode } from "react";
import classes from "./FullPage.module.css";

/** A page of its own, without the rail: before signing in, and when all else fails. */
export function FullPage({ children }: { children: ReactNode }) {
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <img src="/icons/bastide.svg" alt="Bastide" width={48} height={48} />
        {children}
      </div>
    </main>
  );
}
