import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  DEFAULT_TENANT,
  handoffAccepted,
  handoffDecisions,
  handoffDirectory,
  handoffRouted,
  type DirectoryEntry,
  type HandoffAccepted,
  type HandoffDecision,
} from '@handoff/contracts';
import { anAcceptedHandoff, aRouting, startTestService, type TestService } from '@handoff/testing';

const SECRET = 'a secret that is long enough for signing';
const ORIGIN = 'http://desk.test';
/** `npm test` runs a sample; RACES=500 runs as many as it takes to meet a narrow window. */
const RACES = Number(process.env['RACES'] ?? 100);
const JITTER_MS = 5;

interface Answered {
  readonly status: number;
  readonly body: HandoffDecision & { readonly code?: string; readonly decision?: HandoffDecision };
}

describe('two replicas of the notifier', () => {
  let notifier: TestService;
  const cookies = new Map<string, string>();

  beforeAll(async () => {
    const env = {
      DESK_URL: ORIGIN,
      SIGN_IN_LINK_SECRET: SECRET,
      WEBHOOK_SIGNING_SECRET: `whsec_${Buffer.from(SECRET).toString('base64')}`,
    };
    notifier = await startTestService({ service: 'notifier', load: () => import('./notifier.module.js'), env, replicas: 2 });
    await notifier.deliver(handoffDirectory, ['ana', 'ben'].map(aPerson));
    for (const subject of ['ana', 'ben']) cookies.set(subject, await signIn(subject));
  }, 60_000);
  afterAll(() => notifier?.stop());

  function aPerson(subject: string): DirectoryEntry {
    const entry = { tenant: DEFAULT_TENANT, id: `person:${subject}`, entry: 'person', name: subject, version: 1, active: true };
    return { ...entry, roles: ['responder'], teams: ['support'], changed_at: '2026-01-01T00:00:00Z' } as unknown as DirectoryEntry; // ids are plain texts here
  }

  async function signIn(subject: string): Promise<string> {
    const content = Buffer.from(JSON.stringify({ sub: subject, exp: Date.now() / 1000 + 600 })).toString('base64url');
    const token = `${content}.${createHmac('sha256', SECRET).update(content).digest('base64url')}`;
    const answer = await fetch(`${notifier.url}/sign-in?token=${token}`, { redirect: 'manual' });
    return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  }

  async function answer(as: 'ana' | 'ben', replica: number, { handoff_id }: HandoffAccepted, type: string): Promise<Answered> {
    await sleep(Math.random() * JITTER_MS); // the race itself: both sides start within this window
    const response = await fetch(`${notifier.urls[replica]}/desk/v1/handoffs/${handoff_id}/decisions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-handoff-desk': '1', origin: ORIGIN, cookie: cookies.get(as) ?? '' },
      body: JSON.stringify({ packet_version: 1, type }),
    });
    return { status: response.status, body: (await response.json()) as Answered['body'] };
  }

  async function onDesk(count: number): Promise<readonly HandoffAccepted[]> {
    const handoffs = Array.from({ length: count }, () => anAcceptedHandoff());
    await notifier.deliver(handoffAccepted, handoffs);
    await notifier.deliver(
      handoffRouted,
      handoffs.map((it) => aRouting(it, { page: false })),
    );
    return handoffs;
  }

  async function decisionsOf(handoffs: readonly HandoffAccepted[]): Promise<ReadonlyMap<string, readonly HandoffDecision[]>> {
    const all = await notifier.published(handoffDecisions);
    return new Map(handoffs.map(({ handoff_id }) => [handoff_id, all.filter((it) => it.handoff_id === handoff_id)]));
  }

  it('let one of two people be first, tell the other who, and publish that one alone', async () => {
    const handoffs = await onDesk(RACES);
    const answers = new Map<string, readonly Answered[]>();
    for (const handoff of handoffs)
      answers.set(handoff.handoff_id, await Promise.all([answer('ana', 0, handoff, 'approve'), answer('ben', 1, handoff, 'reject')]));
    for (const [handoffId, decisions] of await decisionsOf(handoffs)) {
      const both = answers.get(handoffId) ?? [];
      expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409]);
      expect(decisions).toHaveLength(1);
      const [winner, loser] = both.toSorted((a, b) => a.status - b.status);
      expect(winner?.body.decision_id).toBe(decisions[0]?.decision_id);
      expect(winner?.body.type).toBe(decisions[0]?.type);
      expect(loser?.body.decision).toEqual(decisions[0]);
    }
  }, 120_000);

  it('end a handoff by a person or by its withdrawal, never by both', async () => {
    const handoffs = await onDesk(RACES);
    const end = { type: 'withdrawn', reason: 'Never mind.' } as const;
    const ended = notifier.deliver(
      handoffRouted,
      handoffs.map((it) => aRouting(it, { event: 'end', sequence: 2, end })),
    );
    const answers = await Promise.all(handoffs.map(async (it, at) => (await sleep(at * 2), answer('ana', at % 2, it, 'approve'))));
    await ended;
    const decisions = await decisionsOf(handoffs);
    const types = handoffs.map(({ handoff_id }) => (decisions.get(handoff_id) ?? []).map(({ type }) => type));
    expect(types).toEqual(answers.map(({ status }) => [status === 201 ? 'approve' : 'withdrawn']));
  }, 120_000);

  it('take an answer to the packet that was seen, or refuse it and say what changed', async () => {
    const handoffs = await onDesk(RACES);
    const updates = handoffs.map((it): HandoffAccepted => {
      const packet = { ...it.packet, current_state: { text: 'The customer has found the receipt.' } };
      return { ...it, event: 'updated', sequence: 2, packet_version: 2, packet };
    });
    const updated = notifier.deliver(handoffAccepted, updates);
    const answers = await Promise.all(handoffs.map(async (it, at) => (await sleep(at * 2), answer('ana', at % 2, it, 'approve'))));
    await updated;
    const decisions = await decisionsOf(handoffs);
    for (const [at, { handoff_id }] of handoffs.entries()) {
      const published = decisions.get(handoff_id) ?? [];
      const given = answers[at];
      if (given?.status === 201) expect(published).toMatchObject([{ packet_version: 1, type: 'approve' }]);
      else expect([given?.body.code, published]).toEqual(['version_changed', []]);
    }
  }, 120_000);
});
