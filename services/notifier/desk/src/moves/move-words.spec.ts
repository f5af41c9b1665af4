import { describe, expect, it } from '@jest/globals';
import type { DeskDetail } from '../api/desk-types.js';
import { MOVE_WORDS, movesFor } from './move-words.js';

const everything = Object.keys(MOVE_WORDS);
const detail = (changes: object): DeskDetail =>
  ({
    state: 'open',
    may: everything,
    level: { number: 1, of: 2 },
    open_question: null,
    agent: null,
    asks: [],
    packet: {},
    recall: null,
    holder: null,
    ended: null,
    ...changes,
  }) as unknown as DeskDetail; // what is read

const ended = (type: string, changes: object = {}) => detail({ state: 'ended', ended: { type, decided_by: ['ana'] }, ...changes });

describe('the moves of a handoff', () => {
  it('are those of an open one, as far as its person may', () => {
    expect(movesFor(detail({}))).toEqual(['request_info', 'comment', 'reassign', 'escalate', 'defer', 'set_urgency']);
    expect(movesFor(detail({ may: ['comment', 'recall'] }))).toEqual(['comment']);
  });

  it('leave out what makes no sense now', () => {
    expect(movesFor(detail({ open_question: { question_id: 'q' } }))).not.toContain('request_info');
    expect(movesFor(detail({ level: { number: 2, of: 2 } }))).not.toContain('escalate');
  });

  it('send a delivery back while there are rounds left, and answer the agent while it works', () => {
    const delivered = { agent: { agent_id: 'a', round: 1, of: 2 }, packet: { delegation: { delivery: {} } } };
    expect(movesFor(detail(delivered))[0]).toBe('request_changes');
    expect(movesFor(detail({ ...delivered, agent: { agent_id: 'a', round: 2, of: 2 } }))).not.toContain('request_changes');
    expect(movesFor(detail({ state: 'with_agent', asks: [{ question_id: 'q' }] }))).toEqual(['answer', 'comment']);
    expect(movesFor(detail({ state: 'with_agent' }))).toEqual(['comment']);
  });

  it('are others once it has ended', () => {
    expect(movesFor(ended('approve'))).toEqual(['comment', 'rate', 'recall']);
    expect(movesFor(ended('approve', { recall: { state: 'asked' } }))).toEqual(['comment', 'rate']);
    expect(movesFor(ended('take_over', { holder: 'ana' }))).toEqual(['done', 'hand_back', 'comment', 'rate']);
    expect(movesFor(detail({ state: 'ended', ended: { type: 'expired', decided_by: [] } }))).toEqual(['comment']);
  });
});
