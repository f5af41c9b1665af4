import type { Audit } from '@handoff/runtime';
import type { TestService } from './test-service.js';

/** `HANDOFF_AUDIT_ROWS=1000000` shows what the audits cost an installation that has run for long. */
export const auditRows = (): number => Number(process.env['HANDOFF_AUDIT_ROWS'] ?? 20_000);

export interface AuditCost {
  readonly finding: string;
  readonly found: number;
  readonly milliseconds: number;
  /** Tables that were read from one end to the other. */
  readonly scanned: readonly string[];
}

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly Plans?: readonly Plan[];
}

/** What each audit finds and costs on the rows that are there, by Postgres' own account. */
export async function auditCosts(service: TestService, audits: readonly Audit[]): Promise<readonly AuditCost[]> {
  await service.query('ANALYZE');
  const costs: AuditCost[] = [];
  for (const { finding, rows, parameters = [] } of audits) {
    const explained = await service.query<{ 'QUERY PLAN': readonly [{ readonly Plan: Plan; readonly 'Execution Time': number }] }>(
      `EXPLAIN (ANALYZE, FORMAT JSON) ${rows}`,
      parameters,
    );
    const plan = explained[0]?.['QUERY PLAN'][0];
    if (!plan) throw new Error(`Postgres does not explain the audit "${finding}".`);
    const { Plan: root, 'Execution Time': milliseconds } = plan;
    costs.push({ finding, found: root['Actual Rows'], milliseconds, scanned: scansIn(root) });
  }
  if (process.env['HANDOFF_AUDIT_ROWS']) process.stderr.write(`${auditRows()} rows: ${JSON.stringify(costs)}\n`);
  return costs;
}

const scansIn = (plan: Plan): readonly string[] => [
  ...(plan['Node Type'] === 'Seq Scan' ? [plan['Relation Name'] ?? ''] : []),
  ...(plan.Plans ?? []).flatMap(scansIn),
];
