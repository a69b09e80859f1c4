import { accessToken, authFetch } from "../oidc";
import { errorOf, JmapError, networkErrorOf } from "./error";
import { session } from "./session";
import type { JmapSession, UploadResponse } from "./types";

/** Binary data (RFC 8620 §6). */

/**
 * Sends a file. Not by `fetch`, which tells nothing of how far a body has got. A refused token is renewed once and the
 * file sent again from its beginning.
 */
export async function upload(
  accountId: string,
  blob: Blob,
  onProgress?: (sent: number, total: number) => void,
  signal?: AbortSignal,
): Promise<UploadResponse> {
  const url = expand((await session()).uploadUrl, { accountId });
  try {
    const token = await accessToken();
    const first = await send(url, blob, token, onProgress, signal);
    const answer = first.status === 401 ? await send(url, blob, await accessToken(token), onProgress, signal) : first;
    if (answer.status < 200 || answer.status > 299) throw errorOf(answer.status, answer.body);
    return JSON.parse(answer.body) as UploadResponse;
  } catch (error) {
    throw networkErrorOf(error);
  }
}

function send(
  url: string,
  blob: Blob,
  token: string,
  onProgress?: (sent: number, total: number) => void,
  signal?: AbortSignal,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const xhr = new XMLHttpRequest();
    const abort = () => xhr.abort();
    const settle = (work: () => void) => () => {
      signal?.removeEventListener("abort", abort);
      work();
    };
    xhr.open("POST", url);
    xhr.setRequestHeader("Authorization", `Bearer ${token}`);
    xhr.setRequestHeader("Content-Type", blob.type || "application/octet-stream");
    if (onProgress) xhr.upload.onprogress = (event) => onProgress(event.loaded, event.total || blob.size);
    xhr.onload = settle(() => resolve({ status: xhr.status, body: xhr.responseText }));
    xhr.onerror = settle(() => reject(new JmapError("networkError", { description: "The file could not be sent." })));
    xhr.onabort = settle(() => reject(new DOMException("The upload was given up.", "AbortError")));
    signal?.addEventListener("abort", abort, { once: true });
    xhr.send(blob);
  });
}

export function downloadUrl(from: JmapSession, accountId: string, blobId: string, type: string, name: string): string {
  return expand(from.downloadUrl, { accountId, blobId, type, name });
}

export async function download(
  accountId: string,
  blobId: string,
  type: string,
  name: string,
  signal?: AbortSignal,
): Promise<Blob> {
  const url = downloadUrl(await session(), accountId, blobId, type, name);
  try {
    const response = await authFetch(url, { signal });
    if (!response.ok) throw errorOf(response.status, await response.text());
    return await response.blob();
  } catch (error) {
    throw networkErrorOf(error);
  }
}

/** URI templates of level 1 (RFC 6570), all that JMAP asks for. */
export function expand(template: string, values: Record<string, string>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in values ? encodeURIComponent(values[name] ?? "") : whole,
  );
}
