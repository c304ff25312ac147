import { useEffect, useState, type ReactNode } from 'react';

const DELAY_MS = 200;

/** Shows its content only after a moment, so that what is fast does not flicker. */
export function Delayed({ children }: { children: ReactNode }) {
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), DELAY_MS);
    return () => clearTimeout(timer);
  }, []);
  return isShown ? <>{children}</> : null;
}
