const { imul } = Math; // once: see random.ts

/** FNV-1a over UTF-16 units, 32 bits, then folded: which of `size` buckets a text falls into. */
export function bucketOf(text: string, size: number): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = imul(hash ^ text.charCodeAt(at), 0x01000193);
  return ((hash ^ (hash >>> 16)) >>> 0) % size;
}
