import { describe, expect, it } from '@jest/globals';
import type { HandoffDecision } from '@handoff/contracts';
import { isUnapproved } from './is-unapproved.js';

const ran = (executed_digest: string | null) => ({ result: 'succeeded', executed_digest }) as const;
const decided = (type: HandoffDecision['type'], action_digest: string | null, unchanged: readonly string[] = []) => ({
  type,
  action_digest,
  unchanged,
});

describe('what was carried out', () => {
  it.each<[string, boolean, ReturnType<typeof decided>, string | null]>([
    ['what was approved', false, decided('approve', 'a'), 'a'],
    ['something else than was approved', true, decided('approve', 'a'), 'b'],
    ['something though it was rejected', true, decided('reject', null), 'a'],
    ['something though nobody had decided', true, decided('expired', null), 'a'],
    ['what it was before a person edited it', true, decided('edit', 'b'), 'a'],
    ['not told', false, decided('reject', null), null],
    ['a person’s own doing, who took it over', false, decided('take_over', null), 'a'],
    ['what its agent no longer asked about', false, decided('withdrawn', null), 'a'],
    ['an edit whose secrets were put back', false, decided('edit', 'b', ['/action/args/token']), 'c'],
  ])('is %s: a security event is %s', (_, isOne, decision, executed) => {
    expect(isUnapproved(decision, ran(executed))).toBe(isOne);
  });
});
