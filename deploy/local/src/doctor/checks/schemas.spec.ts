import { describe, expect, it } from '@jest/globals';
import { aPostgres, seen, whatIsSeen } from '../seen.for-spec.js';
import type { SchemaSeen } from '../seen.js';
import { schemas } from './schemas.js';

const schema: SchemaSeen = { service: 'routing', schema: 'routing', missing: [], unknown: 0, clockAheadSeconds: 0 };
const judge = (over: Partial<SchemaSeen>) =>
  schemas.judge(whatIsSeen({ postgres: seen(aPostgres({ schemas: [{ ...schema, ...over }] })) }));

describe('schemas', () => {
  it('are well where they have had this release’s migrations and no others', () => {
    expect(judge({})).toEqual([]);
  });

  it.each([
    [{ missing: null }, 'page', 'There is no schema routing'],
    [{ missing: ['17-add-team'] }, 'page', '17-add-team'],
    [{ unknown: 2 }, 'ticket', '2 migrations are newer'],
  ])('are a finding with %j', (over, severity, saw) => {
    expect(judge(over)).toMatchObject([{ severity, part: 'schema routing', saw: expect.stringContaining(saw) }]);
  });
});
