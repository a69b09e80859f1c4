/**
 * Which refresh token was used last. Interop: Chromium, 2026-11: each process of the browser has a copy of localStorage
 * of its own, brought up to date by messages, so that a tab may be given the lock before it sees what the tab that had
 * it stored. IndexedDB's transactions are seen by all in order; the end of the token is noted there.
 */

const database = "bastide.refresh";
const store = "spent";
const key = "last";

export async function markSpent(refreshToken: string): Promise<void> {
  await within("readwrite", (notes) => notes.put(endOf(refreshToken), key)).catch(() => undefined);
}

/** False as well where the browser forbids the store: then localStorage alone has to do. */
export async function isSpent(refreshToken: string): Promise<boolean> {
  const last = await within("readonly", (notes) => notes.get(key)).catch(() => undefined);
  return last === endOf(refreshToken);
}

/** Enough to know it by, and not enough to use it. */
function endOf(token: string): string {
  return token.slice(-32);
}

async function within<T>(mode: IDBTransactionMode, work: (notes: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const opening = indexedDB.open(database, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(store);
  const opened = await done(opening);
  try {
    return await done(work(opened.transaction(store, mode).objectStore(store)));
  } finally {
    opened.close();
  }
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
