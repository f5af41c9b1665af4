import type { Writable } from 'node:stream';
import type { ClientBase } from 'pg';

/** What pg's typings leave out. */
type Connected = ClientBase & { readonly connection?: { readonly stream: Writable } };

const gathering = new WeakSet<Writable>();

/** Statements that are asked for in one go leave in one write: each system call costs both ends more than a statement's bytes do. */
export function gatherWrites(client: ClientBase): void {
  const stream = (client as Connected).connection?.stream;
  if (!stream || gathering.has(stream)) return;
  gathering.add(stream);
  stream.cork();
  process.nextTick(() => {
    gathering.delete(stream);
    stream.uncork();
  });
}
