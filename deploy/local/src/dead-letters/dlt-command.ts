import type { Service } from '@handoff/contracts';
import { findInstallation } from '../command/installation.js';
import type { Io } from '../command/io.js';
import type { Log } from '../log.js';
import { OperatorClient, OperatorError, operatorName, serviceTokenSecret } from '../operator/operator-client.js';
import { DeadLetterClient, DONE, type ListedDeadLetter, type SettleAnswer } from './dead-letter-client.js';
import { describeLine, describeWhole } from './describe-dead-letter.js';
import type { DltOptions } from './dlt-options.js';
import { asciiJson, visibleLine } from './show-bytes.js';

type Out = Pick<Io, 'print' | 'log'>;

interface Found {
  readonly service: Service;
  readonly client: DeadLetterClient;
  readonly id: string;
}

/** @returns the exit code: 1 when a service does not answer or something was not settled, 2 when nothing was asked properly */
export async function runDlt(options: DltOptions, { env, ...out }: Io): Promise<number> {
  const [{ urls }, secret] = await Promise.all([findInstallation(env), serviceTokenSecret(env)]);
  const operator = options.as ?? operatorName(env);
  const clients = options.services.map(
    (service) => new DeadLetterClient(new OperatorClient(service, urls[service][0] ?? '', secret, operator)),
  );
  switch (options.verb) {
    case 'list':
      return list(clients, options, out);
    case 'show':
      return show(clients, options, out);
    case 'replay':
    case 'dismiss':
      return settle(clients, options, options.verb, out);
  }
}

async function list(clients: readonly DeadLetterClient[], options: DltOptions, { print, log }: Out): Promise<number> {
  const { found, failures } = await listAll(clients, options, log);
  if (options.isJson) print(asciiJson(found.map(({ client, letter }) => ({ service: client.service, ...letter }))));
  else for (const { client, letter } of found) print(describeLine(client.service, letter));
  log(found.length === 0 ? 'No dead letters.' : `${found.length} dead letter${found.length === 1 ? '' : 's'}.`);
  return failures === 0 ? 0 : 1;
}

/** Of those that answer; who does not is said, and does not keep the others from being listed. */
async function listAll(clients: readonly DeadLetterClient[], { filter }: DltOptions, log: Log) {
  const found: { readonly client: DeadLetterClient; readonly letter: ListedDeadLetter }[] = [];
  let failures = 0;
  for (const client of clients)
    try {
      for await (const letter of client.list(filter)) found.push({ client, letter });
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error;
      failures++;
      log(visibleLine(error.message));
    }
  return { found, failures };
}

/** A record that several services read may be a dead letter of each, under one id. */
async function show(clients: readonly DeadLetterClient[], { ids: [id = ''], isJson }: DltOptions, { print, log }: Out): Promise<number> {
  const shown = await Promise.all(clients.map(async (client) => ({ client, letter: await client.show(id) })));
  const there = shown.flatMap(({ client, letter }) => (letter ? [{ service: client.service, letter }] : []));
  if (isJson) print(asciiJson(there.map(({ service, letter }) => ({ service, ...letter }))));
  else print(there.map(({ service, letter }) => describeWhole(service, letter)).join('\n\n'));
  if (there.length === 0) log(`Nobody has a dead letter ${id}.`);
  return there.length === 0 ? 1 : 0;
}

async function settle(
  clients: readonly DeadLetterClient[],
  options: DltOptions,
  verb: 'replay' | 'dismiss',
  { print, log }: Out,
): Promise<number> {
  const { found, failures } = options.ids.length > 0 ? await named(clients, options.ids) : await chosen(clients, options, log);
  if (options.ids.length === 0 && !options.isConfirmed) {
    log(`${found.length} would be ${DONE[verb]}. Nothing was; add --yes to do it.`);
    return 2;
  }
  let undone = failures;
  for (const { service, client, id } of found) {
    const answer = await client.settle(id, verb);
    if (answer.outcome !== DONE[verb]) undone++;
    print(options.isJson ? asciiJson({ service, id, ...answer }) : visibleLine(`${id}  ${service}  ${sayOf(answer, verb)}`));
  }
  if (found.length === 0) log(`There was nothing to ${verb}.`);
  return undone === 0 && (found.length > 0 || options.ids.length === 0) ? 0 : 1;
}

/** Each of those services that has it: what one of them does says nothing to the others. */
async function named(clients: readonly DeadLetterClient[], ids: readonly string[]) {
  const looked = await Promise.all(
    ids.flatMap((id) => clients.map(async (client) => ({ service: client.service, client, id, letter: await client.show(id) }))),
  );
  const found: Found[] = looked.filter(({ letter }) => letter !== null);
  return { found, failures: ids.filter((id) => !found.some((it) => it.id === id)).length };
}

/** In the order in which they died, so that a handoff's events come in their order. */
async function chosen(clients: readonly DeadLetterClient[], options: DltOptions, log: Log) {
  const { found, failures } = await listAll(clients, options, log);
  return { found: found.map(({ client, letter }): Found => ({ service: client.service, client, id: letter.id })), failures };
}

function sayOf({ outcome, detail }: SettleAnswer, verb: 'replay' | 'dismiss'): string {
  return outcome === DONE[verb] ? outcome : `${outcome}: ${detail}`;
}
