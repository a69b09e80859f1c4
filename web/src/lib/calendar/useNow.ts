import { useEffect, useState } from "react";
import { minute, type Wall } from "./time";
import { wallAt } from "./zones";

/** What the clock of a zone shows, minute by minute. */
export function useNow(zone: string): Wall {
  const [now, show] = useState(() => Date.now());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const wait = () => {
      timer = setTimeout(
        () => {
          show(Date.now());
          wait();
        },
        minute - (Date.now() % minute) + 50,
      );
    };
    const look = () => document.hidden || show(Date.now());
    wait();
    // A machine that slept has missed its timer.
    document.addEventListener("visibilitychange", look);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, []);
  return wallAt(now, zone);
}
