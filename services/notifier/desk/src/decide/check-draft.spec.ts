import { describe, expect, it } from '@jest/globals';
import type { JsonObject, Packet } from '@handoff/contracts';
import { checkDraft, placeFaults, type Draft } from './check-draft.js';

const draft = (changes: Partial<Draft>): Draft => ({
  type: 'approve',
  packet: {} as Packet, // the one on the screen is named apart
  packetVersion: 2,
  message: '',
  handleItself: 'unsaid',
  edits: new Map(),
  args: null,
  response: null,
  inWords: false,
  also: [],
  ...changes,
});
const packetOf = (over: object = {}): Packet => ({ recommended_action: { args: { amount: 20, to: 'ana' } }, ...over }) as unknown as Packet; // what is read of it
const args = packetOf();

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

describe('a draft by the agent’s own schema', () => {
  const args_schema = {
    type: 'object',
    properties: { amount: { type: 'number', maximum: 50 }, to: { type: 'string' }, items: { type: 'array', items: { type: 'string' } } },
  };
  const response_schema = { type: 'object', required: ['size'], properties: { size: { type: 'integer' } } };

  it('sends an edit as the form has it, once it fits', () => {
    const packet = packetOf({ args_schema });
    const edit = (form: JsonObject) => checkDraft(draft({ type: 'edit', args: form }), packet);
    expect(edit({ amount: 10, to: 'ana' })).toMatchObject({ request: { args: { amount: 10, to: 'ana' } } });
    const refused = edit({ amount: 90, items: [1] });
    expect(refused.kind === 'faults' && [...refused.faults.args.keys()]).toEqual(['items.0', 'amount']);
    expect(checkDraft(draft({ type: 'edit' }), packet)).toMatchObject({ faults: { general: [expect.stringMatching(/No argument/)] } });
  });

  it('does not judge what is masked: nobody here can mend it', () => {
    const packet = packetOf({ args_schema });
    const edit = (masked: readonly string[]) =>
      checkDraft(draft({ type: 'edit', args: { amount: 90, to: 'ana' } }), packet, new Set(masked));
    expect([edit([]).kind, edit(['amount']).kind]).toEqual(['faults', 'ok']);
  });

  it('takes no number that the form has rounded, and leaves alone one that nobody touched', () => {
    const properties = { amount: { type: 'number' }, to: { type: 'string' } };
    const packet = (amount: number) =>
      packetOf({ args_schema: { type: 'object', properties }, recommended_action: { args: { amount, to: 'ana' } } });
    const edit = (form: JsonObject, amount: number) => checkDraft(draft({ type: 'edit', args: form }), packet(amount));
    const rounded = 2 ** 53;
    expect(edit({ amount: rounded, to: 'ana' }, 20)).toMatchObject({
      faults: { args: new Map([['amount', expect.stringContaining('more digits')]]) },
    });
    expect(edit({ amount: rounded, to: 'ben' }, rounded)).toMatchObject({ kind: 'ok' });
  });

  it('is none where the schema does not say of each argument what it is: each then has a field of its own', () => {
    const packet = packetOf({ args_schema: { properties: { amount: { maximum: 50 } } } });
    expect(checkDraft(draft({ type: 'edit', edits: new Map([['amount', '90']]) }), packet)).toMatchObject({
      request: { args: { amount: 90 } },
    });
  });

  it('sends a response as JSON that fits, or in words', () => {
    const packet = packetOf({ response_schema });
    const respond = (changes: Partial<Draft>) => checkDraft(draft({ type: 'respond', ...changes }), packet);
    expect(respond({ response: { size: 42 } })).toMatchObject({ request: { message: '{"size":42}' } });
    expect(respond({ response: {} })).toMatchObject({ faults: { response: new Map([['size', 'This is missing.']]) } });
    expect(respond({ inWords: true, message: 'Ask her.' })).toMatchObject({ request: { message: 'Ask her.' } });
  });

  it('has the server’s findings at the same parts of the form', () => {
    const [fault] = [{ path: 'args.items.0.id', code: 'wrong_type', message: 'no' }];
    expect(placeFaults([fault], packetOf({ args_schema })).args).toEqual(new Map([['items.0.id', 'no']]));
  });
});

describe('placeFaults', () => {
  it('puts what the server found at the fields it found it in', () => {
    const problem = (path: string) => ({ path, code: 'wrong_type', message: `about ${path}` });
    const placed = placeFaults([problem('args.amount'), problem('message'), problem('args.other'), problem('')], args);
    expect(placed).toEqual({
      args: new Map([['amount', 'about args.amount']]),
      response: new Map(),
      message: 'about message',
      general: ['args.other: about args.other', 'about '],
    });
  });
});
