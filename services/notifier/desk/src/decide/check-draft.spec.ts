import { describe, expect, it } from '@jest/globals';
import type { Packet } from '@handoff/contracts';
import { checkDraft, placeFaults, type Draft } from './check-draft.js';

const draft = (changes: Partial<Draft>): Draft => ({
  type: 'approve',
  packet: {} as Packet, // not read by what is tested here
  packetVersion: 2,
  message: '',
  handleItself: 'unsaid',
  edits: new Map(),
  ...changes,
});
const args = { amount: 20, to: 'ana' };

describe('checkDraft', () => {
  it('names the packet version that was seen, and nothing that was not said', () => {
    expect(checkDraft(draft({ message: 'left over from another button' }), args)).toEqual({
      kind: 'ok',
      request: { packet_version: 2, type: 'approve' },
    });
  });

  it('turns "should the agent have handled this itself?" into whether asking was necessary', () => {
    expect(checkDraft(draft({ handleItself: 'yes' }), args)).toMatchObject({ request: { asking_was: 'unnecessary' } });
    expect(checkDraft(draft({ handleItself: 'no' }), args)).toMatchObject({ request: { asking_was: 'necessary' } });
  });

  it('sends all arguments with an edit, changed or not', () => {
    expect(checkDraft(draft({ type: 'edit', edits: new Map([['amount', '15']]) }), args)).toMatchObject({
      request: { type: 'edit', args: { amount: 15, to: 'ana' } },
    });
  });

  it('does not send an edit that changes nothing', () => {
    expect(checkDraft(draft({ type: 'edit' }), args)).toMatchObject({ faults: { general: [expect.stringMatching(/No argument/)] } });
  });

  it('requires a message to respond, not to reject', () => {
    expect(checkDraft(draft({ type: 'respond', message: ' \n' }), args)).toMatchObject({ faults: { message: expect.any(String) } });
    expect(checkDraft(draft({ type: 'reject' }), args).kind).toBe('ok');
    expect(checkDraft(draft({ type: 'reject', message: ' no ' }), args)).toMatchObject({ request: { message: 'no' } });
  });
});

describe('placeFaults', () => {
  it('puts what the server found at the fields it found it in', () => {
    const problem = (path: string) => ({ path, code: 'wrong_type', message: `about ${path}` });
    const placed = placeFaults([problem('args.amount'), problem('message'), problem('args.other'), problem('')], args);
    expect(placed).toEqual({
      args: new Map([['amount', 'about args.amount']]),
      message: 'about message',
      general: ['args.other: about args.other', 'about '],
    });
  });
});
