import { createContext, useContext, useSyncExternalStore } from 'react';

/** Milliseconds between the server's clock and this browser's. Deadlines are the server's; a browser's clock may be wrong. */
export const ServerClock = createContext(0);

/** The server's time in milliseconds, anew each second. */
export const useServerNow = (): number => useSyncExternalStore(subscribe, () => tick) + useContext(ServerClock);

/** One timer for however many countdowns are on the page. */
const listeners = new Set<() => void>();
let tick = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) tick = Date.now(); // nobody was listening, so it stood still
  timer ??= setInterval(() => {
    tick = Date.now();
    for (const tell of listeners) tell();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
