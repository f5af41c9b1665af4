import { randomBytes } from 'node:crypto';
import { HandoffError, SERVICES, type Service } from '@handoff/contracts';
import { readPackets, SAMPLES } from './agent/find-packets.js';
import { pickEvenly } from './agent/parse-packets.js';
import { preparePackets, publishPackets } from './agent/publish-packets.js';
import { readOptions, type CliOptions } from './cli-options.js';
import { logToStderr as log, type Log } from './log.js';
import { describeJourney } from './once/journey.js';
import { packetsToSend, runOnce } from './once/run-once.js';
import { endAll } from './processes/managed-process.js';
import { Revivals } from './revivals.js';
import { fixedPorts, givenPorts } from './system/local-ports.js';
import { startSystem, type System, type SystemOptions } from './system/start-system.js';
import { whereToLook } from './where-to-look.js';

/** What `npm start` runs, once everything is installed and built. */
export async function main(args: readonly string[], print: Log): Promise<number> {
  const stop = stopOnSignals();
  try {
    const options = readOptions(args);
    return options.isOnce ? await once(options, print, stop) : await stayUp(print, stop);
  } catch (error) {
    if (stop.signal.aborted) return interrupted();
    if (!(error instanceof HandoffError) && !(error instanceof RangeError)) throw error;
    log(error.message);
    return 1;
  }
}

const SAMPLES_AT_START = 6;

async function stayUp(print: Log, stop: AbortController): Promise<number> {
  let failure: string | null = null;
  const fail = (why: string): void => {
    if (!stop.signal.aborted) failure = why;
    stop.abort();
  };
  const revivals = new Revivals();
  const system = await startTimed({
    ports: fixedPorts(process.env),
    exporters: process.env['HANDOFF_EXPORTERS'] === 'on',
    canary: process.env['HANDOFF_CANARY'] !== 'off',
    signal: stop.signal,
    onDied: (what, why) => {
      log(why);
      const service = SERVICES.find((known) => known === what);
      if (what === 'canary') return reviveCanary(system, revivals);
      if (service && revivals.mayTry(service)) void revive(system, service).catch((error: unknown) => fail(String(error)));
      else fail(`${what} does not stay up; stopping the others.`);
    },
  });
  await publishSamples(system);
  print(`\n${whereToLook(system)}\n`);
  log('Ctrl-C stops it. What was stored is there again at the next start.');
  await aborted(stop.signal);
  await stopTimed(system);
  if (failure === null) return 0;
  log(failure);
  return 1;
}

async function once(options: CliOptions, print: Log, stop: AbortController): Promise<number> {
  const packets = await packetsToSend(options.packets);
  let died: string | null = null;
  const system = await startTimed({ ports: givenPorts(process.env), signal: stop.signal, onDied: (_, why) => log((died = why)) });
  try {
    const { journeys, result } = await runOnce(system, { packets, log, signal: stop.signal });
    const say = options.isJson ? log : print;
    for (const journey of journeys.all()) say(describeJourney(journey));
    say(
      `${result.published} published, ${result.accepted} accepted, ${result.decided} decided, ${result.feedback} with feedback, ${result.missing.length} missing something`,
    );
    await stopTimed(system);
    if (options.isJson) print(JSON.stringify(result));
    return result.missing.length === 0 && died === null ? 0 : 1;
  } finally {
    await system.stop();
  }
}

async function startTimed(options: SystemOptions): Promise<System> {
  const begun = Date.now();
  log('Starting Postgres, Kafka and the five services …');
  const system = await startSystem({ ...options, log });
  log(`Up in ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  return system;
}

async function stopTimed(system: System): Promise<void> {
  const begun = Date.now();
  log('Stopping the services, then Kafka, then Postgres …');
  await system.stop();
  log(`Stopped in ${((Date.now() - begun) / 1000).toFixed(1)} s`);
}

/** A few packets, so that the desk is not empty when somebody first looks at it. */
async function publishSamples(system: System): Promise<void> {
  const samples = pickEvenly(await readPackets(SAMPLES), SAMPLES_AT_START);
  await publishPackets(system.kafka('handoff-sample-agent'), system.topicPrefix, preparePackets(samples, randomBytes(4).toString('hex')));
  log(`Published ${samples.length} sample packets, as agents would`);
}

/** It only looks: without it, everything else goes on. */
function reviveCanary({ canary }: System, revivals: Revivals): void {
  if (revivals.mayTry(canary.name)) void canary.start().catch((error: unknown) => log(`The canary stays away: ${String(error)}`));
  else log('The canary does not stay up, and stays away.');
}

async function revive(system: System, service: Service): Promise<void> {
  log(`Starting ${service} again`);
  await system.services[service].start();
  log(`${service} is up again`);
}

/** The first signal stops everything in order; the second one, from somebody who cannot wait, at once. */
function stopOnSignals(): AbortController {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stop.signal.aborted) {
        endAll('SIGKILL');
        process.exit(130);
      }
      stop.abort();
    });
  }
  return stop;
}

const aborted = async (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true })));

function interrupted(): number {
  log('Stopped before it was up.');
  return 130;
}
