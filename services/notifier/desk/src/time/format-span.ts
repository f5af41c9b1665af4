const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long something takes, in at most two units: `45 s`, `12 min`, `1 h 5 min`, `2 d 3 h`. */
export function formatSpan(seconds: number): string {
  const span = Math.max(0, Math.round(seconds));
  if (span < MINUTE) return `${span} s`;
  if (span < HOUR) return both(span, MINUTE, 'min', 1, 's');
  if (span < DAY) return both(span, HOUR, 'h', MINUTE, 'min');
  return both(span, DAY, 'd', HOUR, 'h');
}

function both(span: number, large: number, largeUnit: string, small: number, smallUnit: string): string {
  const rest = Math.floor((span % large) / small);
  return `${Math.floor(span / large)} ${largeUnit}${rest > 0 ? ` ${rest} ${smallUnit}` : ''}`;
}
