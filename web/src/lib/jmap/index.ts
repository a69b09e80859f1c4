export { download, downloadUrl, upload } from "./blobs";
export { isOffline, JmapError, throwIfRefused } from "./error";
export {
  isReachable,
  onReachableChange,
  type PushChange,
  type PushedObject,
  pushedLately,
  reconnect,
  startPush,
  subscribe,
  subscribePushed,
  useStateChange,
} from "./push";
export { call, ref, request, result } from "./request";
export { primaryAccount, session, useCapability, useJmapSession } from "./session";
