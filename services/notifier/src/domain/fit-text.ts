const MARK = '… (shortened; the link shows all)';

/**
 * Cut where it is longer than a channel takes, with a mark that says so.
 * @param sizeOf what counts: characters as the channel counts them, or bytes
 */
export function fitText(text: string, limit: number, sizeOf: (text: string) => number = (it) => it.length): string {
  if (sizeOf(text) <= limit) return text;
  const room = limit - sizeOf(MARK);
  let size = 0;
  let cut = '';
  for (const character of text) {
    size += sizeOf(character);
    if (size > room) break;
    cut += character;
  }
  return cut + MARK;
}
