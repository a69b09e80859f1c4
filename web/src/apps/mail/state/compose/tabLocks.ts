/** Named locks that last as long as this page, by which other tabs see what is being written or sent here. */
const mine = new Map<string, () => void>();

export function claim(name: string): void {
  if (mine.has(name) || !("locks" in navigator)) return;
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  mine.set(name, release);
  void navigator.locks.request(name, () => held);
}

export function unclaim(name: string): void {
  mine.get(name)?.();
  mine.delete(name);
}

/** Whether a page that is open, this one or another, has claimed it. */
export async function isClaimed(name: string): Promise<boolean> {
  if (mine.has(name)) return true;
  if (!("locks" in navigator)) return false;
  const { held: locks = [] } = await navigator.locks.query();
  return locks.some((lock) => lock.name === name);
}
