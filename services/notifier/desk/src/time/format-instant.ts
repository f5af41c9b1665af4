const FORMAT = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** In the reader's own zone and language; packets may hold anything, so what is no instant is shown as it is. */
export function formatInstant(instant: string): string {
  const at = Date.parse(instant);
  return Number.isNaN(at) ? instant : FORMAT.format(at);
}
