import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { isJsonObject, type DecisionType, type JsonObject, type Seconds } from '@handoff/contracts';
import { packetsFile, readPackets } from '../agent/find-packets.js';
import { listenAsAgent } from '../agent/listen-as-agent.js';
import { pickEvenly } from '../agent/parse-packets.js';
import { preparePackets, publishPackets } from '../agent/publish-packets.js';
import { chooseAnswer, type Question } from '../desk/choose-answer.js';
import { DeskClient, type DeskDetail, type DeskItem } from '../desk/desk-client.js';
import { DeskRefusalError } from '../desk/desk-refusal.js';
import type { Log } from '../log.js';
import { PEOPLE } from '../people.js';
import type { System } from '../system/start-system.js';
import { Journeys, missingOf, summarise, type OnceResult } from './journey.js';

export interface OnceOptions {
  readonly packets: PacketsToSend;
  readonly log: Log;
  readonly signal: AbortSignal;
}

export interface PacketsToSend {
  readonly file: string;
  readonly packets: readonly JsonObject[];
}

const PACKETS = 24;
/** From the last publish to the last feedback; a healthy system needs a few. */
const WAIT: Seconds = 120;
const DIRECTORY_WAIT: Seconds = 30;

/** Read before anything is started: a file that cannot be read is told at once. */
export async function packetsToSend(asked: string | null): Promise<PacketsToSend> {
  const file = await packetsFile(asked);
  return { file, packets: pickEvenly(await readPackets(file), PACKETS) };
}

/** The whole path without a person at hand: publishes as agents, answers as people, and hears what the agents hear. */
export async function runOnce(system: System, { packets, log, signal }: OnceOptions): Promise<{ journeys: Journeys; result: OnceResult }> {
  const prepared = preparePackets(packets.packets, randomBytes(4).toString('hex'));
  const journeys = new Journeys(prepared.map(({ published }) => published));
  const [kafka, prefix] = [system.kafka('handoff-sample-agent'), system.topicPrefix];
  const stopListening = await listenAsAgent(kafka, prefix, (heard) => journeys.hear(heard));
  try {
    const people = await Promise.all(PEOPLE.map(async (id) => ({ id, desk: await signIn(system, id, signal) })));
    log(`Publishing ${prepared.length} packets of ${packets.file} as agents do`);
    await publishPackets(kafka, prefix, prepared);
    await answerAll(journeys, people, log, signal);
  } finally {
    await stopListening();
  }
  return { journeys, result: summarise(journeys.all()) };
}

interface Person {
  readonly id: string;
  readonly desk: DeskClient;
}

/** On a first start, the notifier is ready before it has heard from routing who there is. */
async function signIn(system: System, person: string, signal: AbortSignal): Promise<DeskClient> {
  for (const until = Date.now() + DIRECTORY_WAIT * 1000; ; await sleep(100)) {
    signal.throwIfAborted();
    try {
      return await DeskClient.signIn(person, system.urls.notifier);
    } catch (error) {
      if (!(error instanceof DeskRefusalError) || Date.now() > until) throw error;
    }
  }
}

async function answerAll(journeys: Journeys, people: readonly Person[], log: Log, signal: AbortSignal): Promise<void> {
  const given: DecisionType[] = [];
  let told = '';
  for (const until = Date.now() + WAIT * 1000; !journeys.isOver() && Date.now() < until; await sleep(50)) {
    signal.throwIfAborted();
    for (const person of people) await answerOne(journeys, person, given, log);
    const progress = progressOf(journeys);
    if (progress !== told) log((told = progress));
  }
}

/** The people take turns, one handoff each, so that all three have answered some. */
async function answerOne(journeys: Journeys, { id, desk }: Person, given: DecisionType[], log: Log): Promise<void> {
  const item = (await desk.open()).find((candidate) => candidate.may_decide && isUnanswered(journeys, candidate));
  const journey = item && journeys.of(item.task_id);
  if (!item || !journey) return;
  const answer = chooseAnswer(given, questionOf(await desk.detail(item.handoff_id)));
  try {
    await desk.decide(item, answer);
    journey.answered = { person: id, type: answer.type };
    given.push(answer.type);
  } catch (error) {
    if (!(error instanceof DeskRefusalError)) throw error;
    log(error.message);
    if (error.status === 503) return; // it asks to be tried again, with the same answer
    journey.refusals++; // answered anew in the next turn, with another type
    given.push(answer.type);
  }
}

function isUnanswered(journeys: Journeys, { task_id }: DeskItem): boolean {
  const journey = journeys.of(task_id);
  return journey !== null && journey.answered === null && journey.refusals < 3;
}

function questionOf({ packet, allowed_decisions: allowed }: DeskDetail): Question {
  const action = packet['recommended_action'] ?? null;
  return { allowed, action: isJsonObject(action) ? action : null, hasArgsSchema: Boolean(packet['args_schema']) };
}

function progressOf(journeys: Journeys): string {
  const all = journeys.all();
  const count = (stage: 'accepted' | 'decision' | 'feedback'): number => all.filter((one) => !missingOf(one).includes(stage)).length;
  return `${count('accepted')} accepted, ${count('decision')} decided, ${count('feedback')} with feedback, of ${all.length}`;
}
