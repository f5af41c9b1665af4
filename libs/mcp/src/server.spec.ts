import type { JsonObject } from '@handoff/contracts';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { aDoor, clientOf, HANDOFF_ID, stateWith, type Heard, type Said } from './a-door.for-spec.js';
import { handoffServer } from './server.js';

const SHORT = 0.3; // seconds
const LONG = 60;
const PACKET = { task_id: 'refund-1', original_request: 'Refund order 881', reason_for_escalation: 'above 50 EUR' };
const DECISION = {
  ...{ decision_id: '0199f0c2-7d1e-7c3a-9d51-3c1f0e5b2a12', handoff_id: HANDOFF_ID, task_id: 'refund-1', packet_version: 1 },
  ...{ type: 'reject', action: null, action_digest: null, message: 'No.' },
};

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function aModel(says: (heard: Heard) => Said, patience = LONG) {
  const door = await aDoor(says);
  const model = await clientOf(handoffServer({ url: door.url, key: 'hk_a', patience }));
  opened.push(door.close, () => model.close());
  return { door, model };
}

async function call(model: Client, name: string, args: JsonObject, signal?: AbortSignal): Promise<object> {
  const {
    structuredContent = {},
    isError = false,
    content,
  } = await model.callTool({ name, arguments: args }, undefined, signal && { signal });
  const [first] = content as readonly { readonly text: string }[]; // a text, as all of ours
  return { isError, text: first?.text, ...(structuredContent as object) };
}

const looking = { handoff_id: HANDOFF_ID, wait_seconds: 0 };

describe('a tool tells what happened, about what, and what to do next', () => {
  it('where it is too much for now: at once, with when to come again', async () => {
    const { model } = await aModel(() => ({
      ...{ status: 429, headers: { 'retry-after': '3600' } },
      body: { code: 'rate_limited', detail: 'This agent has asked 60 times in a minute.' },
    }));
    expect(await call(model, 'escalate_to_human', PACKET)).toMatchObject({
      ...{ isError: true, task_id: 'refund-1', busy: true, retry_after: 3600, message: 'This agent has asked 60 times in a minute.' },
      next: expect.stringMatching(/same arguments.* 3600 seconds/),
    });
  });

  it.each(['silent', 'hangs up'] as const)('where the door %s, for no longer than its patience', async (said) => {
    const { model } = await aModel(() => said, SHORT);
    const next = expect.stringContaining('same arguments');
    expect(await call(model, 'escalate_to_human', PACKET)).toMatchObject({ isError: true, task_id: 'refund-1', unreachable: true, next });
    expect(await call(model, 'get_decision', looking)).toMatchObject({ isError: true, handoff_id: HANDOFF_ID, unreachable: true, next });
    expect(await call(model, 'list_pending', {})).toMatchObject({ isError: true, unreachable: true, next });
  });

  it('where a door falls silent after it has taken what was asked', async () => {
    const { model } = await aModel(
      ({ method }) => (method === 'POST' ? { status: 201, body: { handoff_id: HANDOFF_ID } } : 'silent'),
      SHORT,
    );
    expect(await call(model, 'escalate_to_human', PACKET)).toMatchObject({ isError: true, task_id: 'refund-1', unreachable: true });
  });

  it.each([
    [401, 'unauthorized', 'whoever runs you'],
    [404, 'not_found', 'list_pending'],
    [409, 'already_answered', 'get_decision'],
    [422, 'invalid', 'faults'],
  ])('where the door refuses with %s', async (status, code, next) => {
    const errors = [{ path: 'text', code: 'empty', message: 'text is empty.' }];
    const { model } = await aModel(() => ({ status, body: { code, detail: 'So it is.', errors } }));
    const args = { handoff_id: HANDOFF_ID, question_id: DECISION.decision_id, text: 'Yes' };
    expect(await call(model, 'answer_question', args)).toMatchObject({
      ...{ isError: true, handoff_id: HANDOFF_ID, refused: code, message: 'So it is.', faults: errors },
      next: expect.stringContaining(next),
    });
  });

  it('where an id is none', async () => {
    const { door, model } = await aModel(() => stateWith({}));
    expect(await call(model, 'get_decision', { handoff_id: '../assignments' })).toMatchObject({
      isError: true,
      text: expect.stringMatching(/"\.\.\/assignments".*list_pending/),
    });
    expect(door.heard).toEqual([]);
  });
});

describe('get_decision', () => {
  it('says pending where the door falls silent while it waits, as nothing else is known', async () => {
    const { model } = await aModel(({ path }) => (path.includes('wait=') ? 'silent' : stateWith({})), SHORT);
    expect(await call(model, 'get_decision', { ...looking, wait_seconds: 1 })).toMatchObject({ isError: false, status: 'pending' });
  });

  it('asks no more once its model has gone', async () => {
    const gone = new AbortController();
    const { door, model } = await aModel(({ path }) => {
      if (!path.includes('wait=')) return stateWith({});
      gone.abort();
      return 'silent';
    });
    await expect(call(model, 'get_decision', { ...looking, wait_seconds: 25 }, gone.signal)).rejects.toThrow(/abort/i);
    await door.heard.at(-1)?.left;
  });

  it.each(['taken', 'returned', 'withdrawn'])('says what is to be done of a task that is %s', async (type) => {
    const { model } = await aModel(() => stateWith({ kind: 'transfer', decision: { ...DECISION, type } }));
    const next = { taken: 'Do nothing more', returned: 'yours again', withdrawn: 'nothing was approved' }[type];
    expect(await call(model, 'get_decision', looking)).toMatchObject({
      status: 'ended',
      how: type,
      next: expect.stringContaining(next ?? ''),
    });
  });

  it('says that what was decided has been recalled', async () => {
    const recall = { reason: 'The wrong order', decision_id: DECISION.decision_id, reply: null };
    const { model } = await aModel(() => stateWith({ decision: DECISION, recall }));
    expect(await call(model, 'get_decision', looking)).toMatchObject({
      recalled: 'The wrong order',
      next: expect.stringContaining('Stop'),
    });
  });
});
