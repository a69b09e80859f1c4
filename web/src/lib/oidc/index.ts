export { authFetch } from "./authFetch";
export { accessToken, onSessionChange, SignedOutError, sessionState, signIn, startSession } from "./session";
export { completeSignIn, SignInError } from "./signIn";
export { useSession } from "./useSession";
