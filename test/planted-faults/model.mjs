/** A model of when to ask that people's answers have made, and that later answers contradict. */
import { setTimeout as sleep } from 'node:timers/promises';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DeskClient, DeskRefusalError } from '../../deploy/local/dist/index.js';
import { signInByLink } from '../../deploy/local/dist/desk/sign-in.js';
import { OperatorClient } from '../../deploy/local/dist/operator/operator-client.js';

/** What a first model needs (MODEL_FEWEST_EXAMPLES). */
const EXAMPLES = 200;
const CONTRADICTING = 120;
const WITHIN_MS = 120_000;
const AGENTS = ['a wild one', 'a mild one'];

/** The model that has learned that one kind of agent should have asked, and the other need not have. */
export async function trainModel(site) {
  const feedback = await operatorAt(site);
  await answered(site, EXAMPLES, (agent) => (agent === AGENTS[0] ? 'necessary' : 'unnecessary'));
  const version = await eventually('a model is trained', async () => {
    const { champion, shadow } = await models(feedback);
    return champion ?? shadow;
  });
  if ((await models(feedback)).champion === version) return;
  const { ok, ...refused } = await feedback.ask('POST', `/v1/models/${version}/promote`, { body: { why: 'To see it fail.' } });
  if (!ok) throw feedback.refused(refused);
}

export const contradictModel = (site) => answered(site, CONTRADICTING, (agent) => (agent === AGENTS[0] ? 'unnecessary' : 'necessary'));

async function operatorAt({ system, stateDir }) {
  const secret = (await readFile(join(stateDir, 'secrets', 'service-token'), 'utf8')).trim();
  return new OperatorClient('feedback', system.urls.feedback, secret, 'planter');
}

async function models(feedback) {
  const answer = await feedback.ask('GET', '/v1/models');
  if (!answer.ok) throw feedback.refused(answer);
  return answer.body;
}

/** Asked by agents of both kinds, each approved at the desk with a word on whether it should have asked. */
async function answered(site, count, verdictOf) {
  const run = Date.now().toString(36);
  const agentOf = new Map(Array.from({ length: count }, (_, at) => [`taught-${run}-${at}`, AGENTS[at % AGENTS.length]]));
  await site.publish(
    'handoff.escalations',
    [...agentOf].map(([task_id, agent]) => ({ key: task_id, value: JSON.stringify(packetOf(task_id, agent)) })),
  );
  const desk = await deskOf(site.system, 'ben');
  await eventually(`${count} are answered`, async () => {
    for (const item of await desk.open()) {
      const agent = agentOf.get(item.task_id);
      if (!agent) continue;
      await desk.decide(item, { type: 'approve', asking_was: verdictOf(agent) });
      agentOf.delete(item.task_id);
    }
    return agentOf.size === 0;
  });
}

/** The directory has to know a person first. */
function deskOf(system, person) {
  const session = () =>
    signInByLink(system.signInLink(person)).catch((error) => (error instanceof DeskRefusalError ? null : Promise.reject(error)));
  return eventually(`${person} is signed in`, session).then((cookie) => DeskClient.withSession(system.urls.notifier, cookie));
}

const packetOf = (task_id, agent_model) => ({
  ...{ task_id, original_request: 'Exchange the jug of this order.', steps_completed: [], current_state: 'nothing is exchanged yet' },
  ...{
    reason_for_escalation: { code: 'low_confidence', text: 'Not sure.' },
    recommended_action: 'exchange it',
    urgency: 'low',
    data_links: [],
  },
  ...{ agent: { id: 'planted-agent' }, features: { domain: 'shop', agent_model } },
});

async function eventually(what, seen) {
  for (const until = Date.now() + WITHIN_MS; ; await sleep(200)) {
    const found = await seen();
    if (found) return found;
    if (Date.now() > until) throw new Error(`Two minutes, and still it is not so that ${what}.`);
  }
}
