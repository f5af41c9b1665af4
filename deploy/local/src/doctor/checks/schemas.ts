import type { Check } from '../check.js';
import type { Finding } from '../finding.js';
import type { SchemaSeen } from '../seen.js';

/** Each service's schema: there, and as this release has it. */
export const schemas: Check = {
  name: 'schemas',
  judge: ({ postgres }) => (postgres?.kind === 'seen' ? postgres.value.schemas.flatMap(judgeSchema) : []),
};

function judgeSchema({ service, schema, missing, unknown }: SchemaSeen): readonly Finding[] {
  const base = { part: `schema ${schema}`, runbook: 'handoff-versions' };
  if (missing === null)
    return [
      {
        ...{ ...base, severity: 'page', figures: {} },
        saw: `There is no schema ${schema}, or nothing in it: ${service} has never started on this database.`,
        whatToDo: `See that DATABASE_URL names the right database, then start ${service}: it makes its tables itself.`,
      },
    ];
  const behind: Finding = {
    ...{ ...base, severity: 'page', figures: { missing: missing.length } },
    saw: `${missing.length} migrations of this release have not run: ${missing.join(', ')}.`,
    whatToDo: `Start ${service} of this release; it runs them before it serves anybody. Its log says if one fails.`,
  };
  const ahead: Finding = {
    ...{ ...base, severity: 'ticket', figures: { unknown } },
    saw: `${unknown} migrations are newer than this release: the schema was used by a later one.`,
    whatToDo: 'Run the same release everywhere, this command included.',
  };
  return [...(missing.length > 0 ? [behind] : []), ...(unknown > 0 ? [ahead] : [])];
}
