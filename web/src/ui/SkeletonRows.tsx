import { Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import classes from "./SkeletonRows.module.css";

interface SkeletonRowsProps {
  rows?: number;
  /** Of one row, in pixels, so that nothing moves when the real ones come. */
  height?: number;
}

/** What a list looks like before it is there. */
export function SkeletonRows({ rows = 8, height = 68 }: SkeletonRowsProps) {
  const { t } = useTranslation("shell");
  return (
    <div role="status" aria-label={t("state.loading")}>
      {Array.from({ length: rows }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never move
        <div key={at} className={classes.row} style={{ height }}>
          <Skeleton circle height={32} width={32} />
          <div className={classes.lines}>
            <Skeleton height={10} width={`${38 + ((at * 17) % 30)}%`} />
            <Skeleton height={10} width={`${60 + ((at * 23) % 35)}%`} />
          </div>
        </div>
      ))}
    </div>
  );
}
