import { accessToken } from "./session";

/**
 * `fetch` with the person's access token. A 401 renews the token once and asks again; when it cannot be renewed the
 * session is `expired`, and this throws {@link SignedOutError}. A body that is a stream cannot be sent twice: give text,
 * a Blob or a form.
 */
export async function authFetch(input: string | URL, init: RequestInit = {}): Promise<Response> {
  const token = await accessToken();
  const response = await fetch(input, withToken(init, token));
  if (response.status !== 401) return response;
  await response.body?.cancel();
  return fetch(input, withToken(init, await accessToken(token)));
}

function withToken(init: RequestInit, token: string): RequestInit {
  const headers = new Headers(init.headers);
  headers.set("Authorization", `Bearer ${token}`);
  // The token says who asks: the sign-in page's cookie stays at home.
  return { ...init, headers, credentials: "omit" };
}
