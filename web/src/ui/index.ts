export { Avatar } from "./Avatar";
export { DateField } from "./DateField";
export { EmptyState } from "./EmptyState";
export { formatBytes, formatCount } from "./formatNumber";
export { LazyMenu } from "./LazyMenu";
export { formatFull, RelativeTime } from "./RelativeTime";
export { SkeletonRows } from "./SkeletonRows";
export { failed, undoable } from "./toasts";
export { useIsPhone } from "./useIsPhone";
