import { createContext, useContext, useEffect, useState } from 'react';

/** Milliseconds between the server's clock and this browser's. Deadlines are the server's; a browser's clock may be wrong. */
export const ServerClock = createContext(0);

/** The server's time in milliseconds, anew each second. */
export function useServerNow(): number {
  const offset = useContext(ServerClock);
  const [local, setLocal] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setLocal(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return local + offset;
}
