import type { PushChannel, Seconds, SlaClass } from '@handoff/contracts';
import { rows, type EntityManager } from '@handoff/store';
import type { Turn } from '../domain/share-out.js';

export interface Destination {
  readonly channel: PushChannel;
  readonly address: string;
  readonly slaClass: SlaClass;
}

/** How often a destination may be sent something. */
export interface Pace {
  /** In a row, before it has to wait. */
  readonly burst: number;
  /** Then one each so many seconds; 0: no limit. */
  readonly every: Seconds;
}

interface TurnRow {
  readonly at: number;
  readonly granted: number;
  readonly next_in: Seconds;
}

/**
 * As many messages as each destination may be sent now, of as many as are wanted; they count as sent. Replicas share the count, which is
 * one instant per destination (GCRA, ITU-T I.371): each message moves it on, and it may be ahead of now by a burst.
 * @returns one turn for each, in their order; a destination must be there once
 */
export async function takeTurns(
  db: EntityManager,
  wanted: readonly (Destination & Pace & { readonly messages: number })[],
): Promise<readonly Turn[]> {
  const found = await rows<TurnRow>(
    db,
    `WITH wanted AS (
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::int[], $6::float8[]) WITH ORDINALITY
         AS it (channel, address, sla_class, messages, burst, every, at)),
     taken AS (
       INSERT INTO destinations AS d (channel, address, sla_class, granted, used_until)
       SELECT channel, address, sla_class, least(messages, burst), handoff_now() + make_interval(secs => least(messages, burst) * every)
       FROM wanted ORDER BY channel, address, sla_class
       ON CONFLICT (channel, address, sla_class) DO UPDATE SET (granted, used_until) = (
         SELECT n.granted, greatest(d.used_until, handoff_now()) + make_interval(secs => n.granted * w.every)
         FROM wanted w, LATERAL (
           SELECT greatest(0, least(w.messages, floor(w.burst - extract(epoch FROM greatest(d.used_until - handoff_now(), interval '0')) / w.every + 0.001)::int)) AS granted) AS n
         WHERE w.channel = d.channel AND w.address = d.address AND w.sla_class = d.sla_class)
       RETURNING channel, address, sla_class, granted, used_until)
     SELECT w.at::int, t.granted,
            extract(epoch FROM t.used_until - handoff_now())::float8 - (w.burst - 1) * w.every AS next_in
     FROM wanted w JOIN taken t USING (channel, address, sla_class)`,
    [
      wanted.map((it) => it.channel),
      wanted.map((it) => it.address),
      wanted.map((it) => it.slaClass),
      wanted.map((it) => it.messages),
      wanted.map((it) => it.burst),
      wanted.map((it) => it.every),
    ],
  );
  const turns = new Map(found.map((row) => [row.at, { granted: row.granted, nextIn: Math.max(row.next_in, 0) }]));
  return wanted.map((_, index) => turns.get(index + 1) ?? { granted: 0, nextIn: 1 });
}
