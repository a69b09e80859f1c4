export { Avatar } from "./Avatar";
export { DateField } from "./DateField";
export { EmptyState } from "./EmptyState";
export { formatBytes } from "./formatBytes";
export { formatFull, RelativeTime } from "./RelativeTime";
export { SkeletonRows } from "./SkeletonRows";
export { failed, undoable } from "./toasts";
export { useIsPhone } from "./useIsPhone";
