const BYTES = 5;

/** Nothing else gives the task a name; sent once more, it is the same one. */
export function newTaskId(kind: string): string {
  const bytes = [...crypto.getRandomValues(new Uint8Array(BYTES))];
  return `${kind}-${bytes.map((it) => it.toString(16).padStart(2, '0')).join('')}`;
}
