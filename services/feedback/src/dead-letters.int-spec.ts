import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  days,
  DEFAULT_TENANT,
  handoffAccepted,
  handoffDecisions,
  handoffFeedback,
  OPERATOR,
  signServiceToken,
  type HandoffAccepted,
  type JsonObject,
} from '@handoff/contracts';
import { aDecision, anAcceptedHandoff, eventually, startTestService, type TestService } from '@handoff/testing';

const MAIN = fileURLToPath(new URL('../dist/src/main.js', import.meta.url));
const SECRET = 'a secret that operators and services share';
const DECIDED = 12;

interface Answer {
  readonly status: number;
  readonly body: JsonObject;
}

/** The build as a process of its own, on the same topics, group and schema. @returns its address */
async function startReplica(): Promise<{ readonly process: ChildProcess; readonly url: string }> {
  const child = spawn(process.execPath, [MAIN], {
    env: { ...process.env, HTTP_PORT: '0', LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const { url } = line.startsWith('{') ? (JSON.parse(line) as { url?: string }) : {};
    if (url === undefined) continue;
    child.stdout.resume();
    await eventually('the second replica is ready', async () => (await fetch(`${url}/health/ready`)).ok);
    return { process: child, url };
  }
  throw new Error('The second replica ended before it listened.');
}

function tokenOf(subject: string, over: Partial<Parameters<typeof signServiceToken>[0]> = {}, secret = SECRET): string {
  return signServiceToken({ subject, roles: [OPERATOR], tenant: DEFAULT_TENANT, audience: 'feedback', ...over }, secret);
}

async function ask(url: string, path: string, method: 'GET' | 'POST' = 'GET', token: string | null = tokenOf('olga')): Promise<Answer> {
  const headers: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(`${url}/operator/v1/dead-letters${path}`, { method, headers });
  return { status: response.status, body: (await response.json()) as JsonObject };
}

describe('the dead letters of a service with two replicas', () => {
  let feedback: TestService;
  let other: Awaited<ReturnType<typeof startReplica>>;
  const handoffs: HandoffAccepted[] = Array.from({ length: DECIDED }, () => anAcceptedHandoff());

  beforeAll(async () => {
    const load = () => import('./feedback.module.js');
    feedback = await startTestService({
      service: 'feedback',
      load,
      env: { SERVICE_TOKEN_SECRET: SECRET, CLEAN_EVERY_SECONDS: '1' },
    });
    other = await startReplica();
    // A mistake of a release, or of a hand in the database: no decision can be kept. Each error is another, so nothing pauses.
    await decisionsAre(`refused('no room for ' || NEW.handoff_id)`);
    await feedback.query('CREATE TRIGGER kept BEFORE INSERT ON decisions FOR EACH ROW EXECUTE FUNCTION kept()');
    await feedback.deliver(handoffAccepted, handoffs);
    await feedback.deliver(
      handoffDecisions,
      handoffs.map((it) => aDecision(it)),
    );
  }, 120_000);
  afterAll(async () => {
    if (other?.process.exitCode === null && other.process.kill('SIGKILL')) await once(other.process, 'exit');
    await feedback?.stop();
  });

  /** What happens, in the database, when a decision is kept. */
  const decisionsAre = async (what: string): Promise<void> => {
    await feedback.query(`
      CREATE OR REPLACE FUNCTION refused(why text) RETURNS void LANGUAGE plpgsql AS
        $$ BEGIN RAISE check_violation USING MESSAGE = why; END $$`);
    await feedback.query(
      `CREATE OR REPLACE FUNCTION kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM ${what}; RETURN NEW; END $$`,
    );
  };
  const list = async (query = ''): Promise<readonly JsonObject[]> => {
    const { body } = await ask(feedback.url, query);
    return body['items'] as readonly JsonObject[];
  };
  const idOf = async (handoff: HandoffAccepted): Promise<string> => {
    const found = (await list('?state=all')).find((it) => String(it['message']).includes(handoff.handoff_id));
    return String(found?.['id']);
  };
  const feedbackOn = async ({ handoff_id }: HandoffAccepted): Promise<number> =>
    (await feedback.published(handoffFeedback)).filter((it) => it.handoff_id === handoff_id).length;
  const [first, second] = handoffs as [HandoffAccepted, HandoffAccepted];

  it('are shut without a token, with one of somebody else, and to whoever is no operator', async () => {
    const statuses = async (token: string | null) => {
      const { status, body } = await ask(feedback.url, '', 'GET', token);
      return [status, body['code']];
    };
    expect(await statuses(null)).toEqual([401, 'unauthorized']);
    expect(await statuses(tokenOf('olga', {}, `${SECRET}?`))).toEqual([401, 'unauthorized']);
    expect(await statuses(tokenOf('olga', { audience: 'routing' }))).toEqual([401, 'unauthorized']);
    expect(await statuses(tokenOf('ana', { roles: ['lead'] }))).toEqual([403, 'not_allowed']);
  });

  it('are listed with where they are from and what was wrong, the oldest first, page by page', async () => {
    const all = await list();
    expect(all).toHaveLength(DECIDED);
    expect(all[0]).toMatchObject({ topic: 'handoff.decisions', code: 'handler_failed', state: 'waiting', attempts: 0, replayed_at: null });
    const pages: JsonObject[] = [];
    for (let after: unknown = ''; after !== null;) {
      const { body } = await ask(feedback.url, `?limit=5&after=${String(after)}`);
      pages.push(...(body['items'] as JsonObject[]));
      after = body['next'];
    }
    expect(pages).toEqual(all);
  });

  it('are chosen by topic, code and age', async () => {
    expect(await list('?topic=handoff.decisions&code=handler_failed&newer_than=3600')).toHaveLength(DECIDED);
    for (const none of ['topic=handoff.accepted', 'code=unreadable', 'older_than=3600', 'state=replayed'])
      expect(await list(`?${none}`)).toEqual([]);
    expect(await ask(feedback.url, '?state=lost')).toMatchObject({ status: 422 });
    expect(await ask(feedback.url, '?after=x')).toMatchObject({ status: 422 });
  });

  it('are shown with their bytes and headers', async () => {
    const { body } = await ask(other.url, `/${await idOf(first)}`);
    const value = Buffer.from(String(body['value_base64']), 'base64').toString('utf8');
    expect(JSON.parse(value)).toMatchObject({ handoff_id: first.handoff_id, type: 'approve' });
    expect(body['headers_base64']).toContainEqual(['ce_type', Buffer.from('handoff.decisions.v1').toString('base64')]);
    for (const id of ['00000000-0000-4000-8000-000000000000', 'x', "'"])
      expect(await ask(feedback.url, `/${encodeURIComponent(id)}`)).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });

  it('that fail again say so, and nothing else has changed', async () => {
    const id = await idOf(first);
    expect(await ask(feedback.url, `/${id}/replay`, 'POST')).toMatchObject({ status: 422, body: { code: 'failed_again', attempts: 1 } });
    const { body } = await ask(feedback.url, `/${id}`);
    expect(body).toMatchObject({ state: 'waiting', attempts: 1, attempted_by: 'olga' });
    expect(body['last_error']).toContain(`no room for ${first.handoff_id}`);
    expect(await feedbackOn(first)).toBe(0);
  });

  it('take effect once where both replicas are asked at the same moment, and again later', async () => {
    await decisionsAre('NULL');
    for (const handoff of handoffs.slice(2)) {
      const id = await idOf(handoff);
      const urls = [feedback.url, other.url, feedback.url, other.url];
      const answers = await Promise.all(urls.map((url, at) => ask(url, `/${id}/replay`, 'POST', tokenOf(`operator-${at}`))));
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409]);
      const [replayed] = answers.filter(({ status }) => status === 200);
      const by = `operator-${answers.findIndex((it) => it === replayed)}`;
      expect(await ask(other.url, `/${id}/replay`, 'POST')).toMatchObject({
        status: 409,
        body: { code: 'already_replayed', replayed_by: by },
      });
      expect(await feedbackOn(handoff)).toBe(1);
    }
  });

  it('wait as before where a process is killed in the middle of a replay, and take effect once', async () => {
    await decisionsAre(`pg_sleep(60)`);
    const id = await idOf(second);
    const asked = ask(other.url, `/${id}/replay`, 'POST').catch((error: unknown) => error);
    const [asleep] = await eventually('the replay is in the middle', async () => {
      const found = await feedback.query<{ pid: number }>(
        `SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND usename = current_user`,
      );
      return found.length > 0 && found;
    });
    other.process.kill('SIGKILL');
    await asked;
    await feedback.query('SELECT pg_terminate_backend($1)', [asleep?.pid]); // else it would find out after its nap that nobody is there
    await decisionsAre('NULL');
    expect((await ask(feedback.url, `/${id}`)).body).toMatchObject({ state: 'waiting', attempts: 0 });
    expect(await ask(feedback.url, `/${id}/replay`, 'POST')).toMatchObject({ status: 200, body: { state: 'replayed', attempts: 1 } });
    expect(await feedbackOn(second)).toBe(1);
  });

  it('are deleted thirty days after their replay; those that wait stay', async () => {
    expect(await list('?state=replayed')).toHaveLength(DECIDED - 1);
    await feedback.advance(days(29));
    expect(await list('?state=replayed')).toHaveLength(DECIDED - 1);
    await feedback.advance(days(2));
    await eventually('the replayed are gone', async () => (await list('?state=replayed')).length === 0);
    expect(await list()).toMatchObject([{ id: await idOf(first), state: 'waiting' }]);
  });
});
