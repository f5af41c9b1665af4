const MINUTE_MS = 60_000;

/** An instant as a date field wants it: in the reader's zone, without zone and seconds. Empty for what is no instant. */
export function toLocalField(instant: string): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return '';
  return new Date(at.getTime() - at.getTimezoneOffset() * MINUTE_MS).toISOString().slice(0, 'yyyy-mm-ddThh:mm'.length);
}

/** What a date field holds as an RFC 3339 instant; as it is where it holds none. */
export function fromLocalField(local: string): string {
  const at = Date.parse(local);
  return Number.isNaN(at) ? local : new Date(at).toISOString();
}
