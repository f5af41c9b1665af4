import type { TestService } from './test-service.js';

export interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly Plan[];
}

export interface Explained {
  readonly plan: Plan;
  readonly milliseconds: number;
  /** Pages of tables and indexes that were looked at: other work on the machine does not change them. */
  readonly blocks: number;
}

/** The query as it is carried out, by Postgres' own account. */
export async function explain(service: TestService, query: string, parameters: readonly unknown[] = []): Promise<Explained> {
  const explained = await service.query<{ 'QUERY PLAN': readonly [{ readonly Plan: Plan; readonly 'Execution Time': number }] }>(
    `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${query}`,
    parameters,
  );
  const answer = explained[0]?.['QUERY PLAN'][0];
  if (!answer) throw new Error(`Postgres does not explain ${query}`);
  const { Plan: plan, 'Execution Time': milliseconds } = answer;
  return { plan, milliseconds, blocks: plan['Shared Hit Blocks'] + plan['Shared Read Blocks'] };
}
