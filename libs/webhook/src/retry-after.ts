/** Longer than any answer should make anybody wait: what is beyond it is tried again then. */
const MOST_SECONDS = 3600;

/** Seconds until `Retry-After`, which is a number of them or a date (RFC 9110, 10.2.3); null where it says neither. */
export function retryAfter(header: string | null | undefined, now = Date.now()): number | null {
  if (!header) return null;
  const isDate = /[A-Za-z]/.test(header);
  const seconds = isDate ? (Date.parse(header) - now) / 1000 : /^\s*\d+\s*$/.test(header) ? Number(header) : NaN;
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), MOST_SECONDS) : null;
}
