export { download, downloadUrl, upload } from "./blobs";
export { isOffline, JmapError, throwIfRefused } from "./error";
export {
  isReachable,
  onReachableChange,
  type PushChange,
  reconnect,
  startPush,
  subscribe,
  useStateChange,
} from "./push";
export { call, ref, request, result } from "./request";
export { primaryAccount, session, useCapability, useJmapSession } from "./session";
