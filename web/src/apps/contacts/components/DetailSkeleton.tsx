import { Skeleton } from "@mantine/core";
import classes from "./Detail.module.css";

/** Somebody who is on the way. */
export function DetailSkeleton() {
  return (
    <div className={classes.column} aria-hidden>
      <div className={classes.head}>
        <Skeleton circle width={104} height={104} />
        <div className={classes.who}>
          <Skeleton height={22} width="60%" mb="sm" />
          <Skeleton height={12} width="40%" />
        </div>
      </div>
      <FieldsSkeleton />
    </div>
  );
}

export function FieldsSkeleton() {
  return (
    <div className={classes.card} aria-hidden>
      {[52, 38, 61].map((width) => (
        <Skeleton key={width} height={14} width={`${width}%`} my="md" mx="md" />
      ))}
    </div>
  );
}
