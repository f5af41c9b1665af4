import type { Transaction } from '@handoff/bus';
import { newId, type Assignee, type HandoffId, type HandoffMove, type PersonId, type TeamId, type TenantId } from '@handoff/contracts';
import { rows, type EntityManager } from '@handoff/store';
import type { Target } from '../domain/judge-move.js';
import { peopleBySubject } from './directory.js';

/**
 * The thread and the audit log, in one statement; a move that is there already stays as it is.
 * @param addresses where the requests came from, in the order of the moves; left out for what no request brought
 */
export async function keepMoves(tx: Transaction, moves: readonly HandoffMove[], addresses: readonly (string | null)[] = []): Promise<void> {
  if (moves.length === 0) return;
  await tx.rows(
    `WITH moved AS (
       INSERT INTO moves (handoff_id, sequence, move) SELECT (m ->> 'handoff_id')::uuid, (m ->> 'sequence')::int, m FROM unnest($1::jsonb[]) AS m
       ON CONFLICT DO NOTHING RETURNING handoff_id, move AS m)
     INSERT INTO audit_log (id, at, tenant, subject, act, handoff_id, details, channel, address)
     SELECT k.id, (m ->> 'moved_at')::timestamptz, m ->> 'tenant', m ->> 'moved_by', m ->> 'event', moved.handoff_id,
            jsonb_strip_nulls(m - ARRAY['tenant', 'handoff_id', 'moved_by', 'moved_at', 'event', 'channel', 'desk']), m ->> 'channel', k.address
     FROM moved JOIN unnest($2::uuid[], $3::uuid[], $4::int[], $5::text[]) AS k (id, handoff_id, sequence, address)
       ON k.handoff_id = moved.handoff_id AND k.sequence = (m ->> 'sequence')::int`,
    [
      moves.map((it) => JSON.stringify(it)),
      moves.map(() => newId()),
      moves.map((it) => it.handoff_id),
      moves.map((it) => it.sequence),
      moves.map((_, at) => addresses[at] ?? null),
    ],
  );
}

/** The oldest first. */
export async function threadOf(db: EntityManager, handoffId: HandoffId): Promise<readonly HandoffMove[]> {
  const found = await rows<{ move: HandoffMove }>(db, 'SELECT move FROM moves WHERE handoff_id = $1 ORDER BY sequence', [handoffId]);
  return found.map(({ move }) => move);
}

/** Who there is of that name in the directory. */
export async function targetOf(db: EntityManager, tenant: TenantId, { kind, id }: Assignee): Promise<Target> {
  if (kind === 'person') {
    const person = (await peopleBySubject(db, [id satisfies PersonId | TeamId])).get(id);
    return person ? { kind, person } : null;
  }
  const [team] = await rows<{ size: number }>(
    db,
    `SELECT (SELECT count(*)::int FROM directory p WHERE p.id LIKE 'person:%' AND p.tenant = t.tenant AND (p.entry ->> 'active')::boolean
               AND p.entry -> 'teams' ? $2::text AND p.entry -> 'roles' ?| ARRAY['responder', 'lead', 'admin']) AS size
     FROM directory t WHERE t.id = 'team:' || $2::text AND t.tenant = $1 AND (t.entry ->> 'active')::boolean`,
    [tenant, id],
  );
  return team ? { kind, size: team.size } : null;
}
