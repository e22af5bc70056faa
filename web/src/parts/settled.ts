import { useEffect, useState } from "preact/hooks";

/**
 * A value that waits until it has not changed for a while (in milliseconds), for
 * what is too much work to do at each step of a scrub; 0 is at once.
 */
export function useSettled<T>(value: T, wait: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    if (wait === 0) return;
    const timer = setTimeout(() => setSettled(() => value), wait);
    return () => clearTimeout(timer);
  }, [value, wait]);
  return wait === 0 ? value : settled;
}
