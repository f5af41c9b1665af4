import type { Audit } from '@handoff/runtime';
import { explain, type Plan } from './query-cost.js';
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

/** What each audit finds and costs on the rows that are there, by Postgres' own account. */
export async function auditCosts(service: TestService, audits: readonly Audit[]): Promise<readonly AuditCost[]> {
  await service.query('ANALYZE');
  const costs: AuditCost[] = [];
  for (const { finding, rows, parameters = [] } of audits) {
    const { plan, milliseconds } = await explain(service, rows, parameters);
    costs.push({ finding, found: plan['Actual Rows'], milliseconds, scanned: scansIn(plan) });
  }
  if (process.env['HANDOFF_AUDIT_ROWS']) process.stderr.write(`${auditRows()} rows: ${JSON.stringify(costs)}\n`);
  return costs;
}

const scansIn = (plan: Plan): readonly string[] => [
  ...(plan['Node Type'] === 'Seq Scan' ? [plan['Relation Name'] ?? ''] : []),
  ...(plan.Plans ?? []).flatMap(scansIn),
];
