import { isDeepStrictEqual } from 'node:util';
import type { Packet } from '@handoff/contracts';

/** Names of the packet's fields that differ; what a person is told whose answer was to the earlier version. */
export function changedFields(before: Packet, after: Packet): readonly string[] {
  const [old, now] = [before, after].map((packet) => Object.entries(packet)) as [[string, unknown][], [string, unknown][]];
  const names = new Set([...old, ...now].map(([name]) => name));
  const valueOf = (entries: [string, unknown][], name: string): unknown => entries.find(([it]) => it === name)?.[1] ?? null;
  return [...names].filter((name) => !isDeepStrictEqual(valueOf(old, name), valueOf(now, name)));
}
