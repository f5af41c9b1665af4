/**
 * `npm test`: builds, starts one broker and one database, runs the specs and a sample of what takes long, says `N passed, N failed` at the end. All journeys
 * (`npm run journeys`), the full fault run and all planted faults have commands of their own.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, checkMachine, command, install, say } from '../deploy/local/prepare.mjs';

const REPOSITORY = fileURLToPath(new URL('../', import.meta.url));
const FAULTS = 'test/faults/faults.mjs';
const PLANTED = 'test/planted-faults/planted-faults.mjs';
/** Two that are over soon, and of which one is seen by the doctor and one by Prometheus. */
const SAMPLE = ['a stopped service', 'a silent agent'];
/** What people ask of agents and agents of people and agents, from one end to the other, and the desk in a browser. */
const JOURNEYS = ['answers', 'delegations', 'hands', 'desk-queue'].map((name) => `journeys/${name}.journey`);
/** Whole systems do not run side by side on two cores, nor beside what is small, which they starve; what is small does. */
const RUNS = [
  { projects: ['unit', 'service'], workers: ['--maxWorkers=2'], sample: [] },
  { projects: ['journey'], workers: ['--runInBand'], sample: JOURNEYS },
];

await command(async () => {
  const { only, isJson } = readArguments(process.argv.slice(2));
  checkMachine();
  await install();
  await build();
  const folder = await mkdtemp(join(tmpdir(), 'handoff-results-'));
  const { default: startServers } = await import('./setup/servers.mjs');
  const { default: stopServers } = await import('./setup/servers.stop.mjs');
  const total = { passed: 0, failed: 0, skipped: 0 };
  try {
    say('Starting Kafka and Postgres for the tests …');
    await startServers();
    for (const [at, run] of RUNS.entries())
      add(total, await timed(run.projects.join(' and '), () => runJest(run, only, join(folder, `${at}.json`))));
  } finally {
    await stopServers();
    await rm(folder, { recursive: true, force: true });
  }
  if (isMeant(FAULTS, only)) add(total, await timed('faults', runFaults));
  if (isMeant(PLANTED, only)) add(total, await timed('planted faults', runPlanted));
  if (total.passed + total.failed === 0) say(only.length > 0 ? `No test's path matches ${only.join(' or ')}.` : 'No test was run.');
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  process.stdout.write(isJson ? `${JSON.stringify(total)}\n` : `${total.passed} passed, ${total.failed} failed${skipped}\n`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
});

/** Says how long it took, so that what grows is seen. */
async function timed(what, run) {
  const begun = Date.now();
  try {
    return await run();
  } finally {
    say(`${what}: ${Math.round((Date.now() - begun) / 1000)} s`);
  }
}

function isMeant(path, only) {
  return only.length === 0 || only.some((part) => path.includes(part));
}

/** On servers of its own, which it breaks. Each fault is a test; what belongs to none is one more. */
async function runFaults() {
  say('Breaking the running system (npm run faults) …');
  const { code, output } = await outputOf(FAULTS, ['--json']);
  if (output === '') return { passed: 0, failed: 1, skipped: 0 };
  const { faults, invariants_broken: broken } = JSON.parse(output);
  const names = new Set(faults.map(({ name }) => name));
  const blamed = new Set(broken.map(({ fault }) => (names.has(fault) ? fault : '')));
  const passed = [...names].filter((name) => !blamed.has(name)).length;
  return { passed, failed: blamed.size === 0 && code !== 0 ? 1 : blamed.size, skipped: 0 };
}

/** A sample of what `npm run planted-faults` plants, in a system of its own. */
async function runPlanted() {
  say('Planting faults, to see whether they are named (npm run planted-faults) …');
  const { output } = await outputOf(PLANTED, ['--json', ...SAMPLE.flatMap((name) => ['--only', name])]);
  return output === '' ? { passed: 0, failed: 1, skipped: 0 } : JSON.parse(output);
}

function outputOf(program, args) {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [join(REPOSITORY, program), ...args], { cwd: REPOSITORY, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.once('error', fail);
    child.once('close', (code) => done({ code, output }));
  });
}

function readArguments(args) {
  const only = [];
  let isJson = false;
  for (let at = 0; at < args.length; at++) {
    if (args[at] === '--only' && args[at + 1]) only.push(args[++at]);
    else if (args[at] === '--json') isJson = true;
    else throw new Error(`"${args[at]}" is not understood. Use: npm test -- [--only PART_OF_A_PATH] [--json]`);
  }
  return { only, isJson };
}

async function runJest({ projects, workers, sample }, only, outputFile) {
  const paths = only.length > 0 ? only : sample;
  const patterns = paths.length > 0 ? ['--testPathPatterns', ...paths] : [];
  const args = ['--experimental-vm-modules', '--no-warnings', join(REPOSITORY, 'node_modules/jest/bin/jest.js'), ...workers];
  const options = ['--passWithNoTests', '--json', `--outputFile=${outputFile}`, '--selectProjects', ...projects, ...patterns];
  const code = await new Promise((done, fail) => {
    // Its report is for people; with --json jest prints the results as well, which belong in the file alone.
    const child = spawn(process.execPath, [...args, ...options], { cwd: REPOSITORY, stdio: ['ignore', 'ignore', 'inherit'] });
    child.once('error', fail);
    child.once('exit', done);
  });
  const {
    numPassedTests: passed,
    numFailedTests,
    numPendingTests: skipped,
    numRuntimeErrorTestSuites,
  } = await results(outputFile, projects);
  const failed = numFailedTests + numRuntimeErrorTestSuites;
  return { passed, failed: failed === 0 && code !== 0 ? 1 : failed, skipped };
}

async function results(file, projects) {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new Error(`Jest ended without results for ${projects.join(' and ')}; the lines above say why.`, { cause });
  }
}

function add(total, { passed, failed, skipped }) {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
}
