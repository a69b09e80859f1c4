/**
 * Counts the changes on their way to the server, per account. What was read while one was under way may show the state
 * before it, and would undo on screen what the person just did; readers ask here whether to trust what they got.
 */
interface Account {
  running: number;
  version: number;
  waiting: (() => void)[];
}

const accounts = new Map<string, Account>();

function account(accountId: string): Account {
  let found = accounts.get(accountId);
  if (!found) {
    found = { running: 0, version: 0, waiting: [] };
    accounts.set(accountId, found);
  }
  return found;
}

/** Runs a change. */
export async function writing<T>(accountId: string, write: () => Promise<T>): Promise<T> {
  const state = account(accountId);
  state.running++;
  state.version++;
  try {
    return await write();
  } finally {
    state.running--;
    state.version++;
    if (state.running === 0) for (const resume of state.waiting.splice(0)) resume();
  }
}

/** Resolves when no change is under way. */
export function settled(accountId: string): Promise<void> {
  const state = account(accountId);
  return state.running === 0 ? Promise.resolve() : new Promise((resolve) => state.waiting.push(resolve));
}

/** Reads until the answer was not overtaken by a change. */
export async function readSettled<T>(accountId: string, read: () => Promise<T>): Promise<T> {
  const state = account(accountId);
  for (;;) {
    await settled(accountId);
    const { version } = state;
    const value = await read();
    if (state.version === version) return value;
  }
}
