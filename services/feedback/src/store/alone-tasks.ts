import { AUDIT_AGENT } from '@handoff/contracts';
import { instantOf, microsecondsOf, rows, type EntityManager, type PageCursor } from '@handoff/store';
import { aloneCase, MOST_STANDS_FOR, wentWell, type AloneRow, type AloneStratum } from '../domain/alone-case.js';
import { auditTaskId } from '../domain/audit-packet.js';
import type { LearningCase } from '../model/cases.js';

/** Tasks that could be audited, and what their audit said: the label is about the audit's own handoff. */
export const ALONE_TASKS = `(
  SELECT o.*, a.propensity, a.drawn, audit.handoff_id AS audit_id,
         CASE audit.verdict WHEN 'unnecessary' THEN false WHEN 'unknown' THEN NULL ELSE audit.verdict IS NOT NULL OR NULL END AS is_missed
  FROM outcomes o JOIN audits a USING (outcome_id)
  LEFT JOIN LATERAL (
    SELECT r.handoff_id, l.escalation ->> 'verdict' AS verdict FROM recommendations r JOIN examples e USING (handoff_id)
    LEFT JOIN labels l ON l.handoff_id = r.handoff_id AND l.revision = e.revision
    WHERE a.drawn AND r.task_id = '${auditTaskId('')}' || o.outcome_id AND r.agent_id = '${AUDIT_AGENT}' AND e.tenant = o.tenant
    ORDER BY r.packet_version DESC LIMIT 1) AS audit ON true) AS alone`;

const AT_ONCE = 200;

/**
 * What tasks teach that agents did alone, the newest first, a few hundred rows at a time.
 * @param after what came later alone
 * @param isAudited those alone that an auditor has judged
 */
export async function* aloneCases(db: EntityManager, after: Date, isAudited: boolean): AsyncGenerator<LearningCase> {
  const strata = await strataOf(db);
  let last: PageCursor | undefined;
  do {
    const found: readonly (AloneRow & PageCursor)[] = await rows<AloneRow & PageCursor>(
      db,
      `SELECT outcome_id, tenant, agent_id, task_id, result, packet, received_at, propensity, is_missed, outcome_id AS id, ${microsecondsOf('received_at')}
       FROM ${ALONE_TASKS}
       WHERE received_at > $1 AND (NOT $2 OR is_missed IS NOT NULL) AND ($3::text IS NULL OR (received_at, outcome_id) < (${instantOf('$3')}, $4::uuid))
       ORDER BY received_at DESC, outcome_id DESC LIMIT ${AT_ONCE}`,
      [after, isAudited, last?.us ?? null, last?.id ?? null],
    );
    for (const row of found) {
      const stratum = strata.get(keyOf({ ...row, went_well: wentWell(row) }));
      if (stratum) yield aloneCase(row, stratum); // without, it came since they were counted
    }
    last = found.at(-1);
  } while (last);
}

interface StratumRow extends AloneStratum {
  readonly tenant: string;
  readonly agent_id: string;
  readonly went_well: boolean;
}

const CONTRADICTED = `FILTER (WHERE is_missed = (result = 'succeeded'))`;

async function strataOf(db: EntityManager): Promise<ReadonlyMap<string, AloneStratum>> {
  const found = await rows<StratumRow>(
    db,
    `SELECT tenant, agent_id, result = 'succeeded' AS went_well, count(*)::int AS tasks, (count(*) ${CONTRADICTED})::int AS contradicted,
            coalesce(sum(least($1, 1 / propensity)) ${CONTRADICTED}, 0) AS contradicted_for
     FROM ${ALONE_TASKS} GROUP BY 1, 2, 3`,
    [MOST_STANDS_FOR],
  );
  return new Map(found.map((it) => [keyOf(it), it]));
}

const keyOf = ({ tenant, agent_id, went_well }: Pick<StratumRow, 'tenant' | 'agent_id' | 'went_well'>): string =>
  JSON.stringify([tenant, agent_id, went_well]);
