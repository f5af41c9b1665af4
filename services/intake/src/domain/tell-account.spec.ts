import { describe, expect, it } from '@jest/globals';
import { MOST_OWN_DECISIONS, newId, type Account, type AgentId, type Delegation, type HandoffId } from '@handoff/contracts';
import { mergeAccounts, NO_ACCOUNT, tellAccount, type Report } from './tell-account.js';

const AT = '2026-01-01T00:00:00.000Z';
const LATER = '2026-01-01T00:01:00.000Z';
const TERMS = { budget: { limit: 100, unit: 'EUR' }, decision_rights: { may: ['choose'] } } as unknown as Delegation; // what an account is judged by

const tells = (report: Partial<Report>, before: Account = NO_ACCOUNT, agent = 'finder', at = AT, terms = TERMS) =>
  tellAccount(terms, before, { spent: null, decisions: [], ...report }, { agentId: agent as AgentId, at, approved: new Set() });
function told(...args: Parameters<typeof tells>) {
  const it = tells(...args);
  if (it.kind === 'faults') throw new Error(JSON.stringify(it.faults));
  return it.value;
}
const codes = (...args: Parameters<typeof tells>) => {
  const it = tells(...args);
  return it.kind === 'faults' ? it.faults.map(({ path, code }) => `${path} ${code}`) : [];
};
const eur = (value: number) => ({ spent: { value, unit: 'EUR' } });

describe('what an agent has spent', () => {
  it('is told beside what others spent before it, and what there is', () => {
    const first = told(eur(30));
    expect(first.spent).toEqual({ value: 30, total: 30, limit: 100, unit: 'EUR' });
    const next = told(eur(20.1), told(eur(30.2), first.account).account, 'other', LATER);
    expect(next.spent).toEqual({ value: 20.1, total: 50.3, limit: 100, unit: 'EUR' });
    expect(next.account.spent).toMatchObject([
      { agent_id: 'finder', value: 30.2 },
      { agent_id: 'other', value: 20.1, told_at: LATER },
    ]);
  });

  it('may be told again as it is, and never falls', () => {
    const { account } = told(eur(30));
    expect(told(eur(30), account).spent?.total).toBe(30);
    expect(codes(eur(29), account)).toEqual(['spent.value out_of_range']);
    expect(told(eur(29), account, 'other').spent?.total).toBe(59);
  });

  it('is refused in another unit than the budget’s, and where there is none', () => {
    expect(codes({ spent: { value: 1, unit: 'tokens' } })).toEqual(['spent.unit not_allowed_value']);
    expect(codes(eur(1), NO_ACCOUNT, 'finder', AT, {} as Delegation)).toEqual(['spent not_allowed_value']);
  });
});

describe('what it decided', () => {
  it('is told with what its rights do not cover, and once', () => {
    const decisions = [{ text: 'Acme', under: 'choose' }, { text: 'Hired Bob' }];
    const first = told({ decisions });
    expect(first.decisions).toMatchObject([
      { text: 'Acme', outside: null, agent_id: 'finder', told_at: AT },
      { text: 'Hired Bob', outside: 'not_in_rights' },
    ]);
    const again = told({ decisions: [...decisions, { text: 'Fired Bob' }] }, first.account, 'finder', LATER);
    expect(again.decisions).toMatchObject([{ text: 'Fired Bob' }]);
    expect(again.account.decisions).toHaveLength(3);
  });

  it('is covered by what a person approved within the task, and by nothing else that it names', () => {
    const [asked, other] = [newId<HandoffId>(), newId<HandoffId>()];
    const report = { spent: null, decisions: [asked, other].map((covered_by) => ({ text: `Hired ${covered_by}`, covered_by })) };
    const it = tellAccount(TERMS, NO_ACCOUNT, report, { agentId: 'finder' as AgentId, at: AT, approved: new Set([asked]) });
    expect(it).toMatchObject({ value: { decisions: [{ outside: null }, { outside: 'not_in_rights', covered_by: other }] } });
  });

  it('has a bound', () => {
    const full: Account = {
      spent: [],
      decisions: Array.from({ length: MOST_OWN_DECISIONS }, (_, at) => ({
        ...{ text: String(at), agent_id: 'finder' as AgentId, told_at: AT, outside: null },
      })),
    };
    expect(codes({ decisions: [{ text: 'one more' }] }, full)).toEqual(['decisions too_many']);
    expect(codes({ decisions: [{ text: '0' }] }, full)).toEqual([]);
  });
});

it('merges accounts so that what both know counts once', () => {
  const { account } = told({ ...eur(30), decisions: [{ text: 'Acme', under: 'choose' }] });
  const more = told({ ...eur(40), decisions: [{ text: 'Hired Bob' }] }, account, 'finder', LATER).account;
  expect(mergeAccounts(account, more)).toEqual(more);
  expect(mergeAccounts(more, account)).toEqual(more);
});
