const pause = 3_000;

/**
 * Loads a part of the client, and where the network is gone goes on trying until it is back: whoever lost it for a while
 * waits for that part alone, and keeps the page with what they typed.
 */
export async function persistently<T>(load: () => Promise<T>): Promise<T> {
  for (let answered = 0; ; ) {
    try {
      return await load();
    } catch (error) {
      // The server answers and has no such file: it has a newer client, and only a reload brings that.
      if ((await isReachable()) && ++answered > 1) throw error;
      if (answered === 0) await networkOrPause();
      fetchStylesAgain();
    }
  }
}

function isReachable(): Promise<boolean> {
  return fetch("/health/live", { cache: "no-store" }).then(
    () => true,
    () => false,
  );
}

function networkOrPause(): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer);
      removeEventListener("online", go);
      resolve();
    };
    const timer = setTimeout(go, pause);
    addEventListener("online", go);
  });
}

/** Vite asks for the style sheet of a part once, and the browser does not repeat what failed. */
function fetchStylesAgain(): void {
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]'))
    if (!link.sheet) link.replaceWith(link.cloneNode());
}
