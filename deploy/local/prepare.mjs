/** What must be there before the compiled part can run: tools, packages, the build. Node's own modules only. */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));
const DESK = join(REPOSITORY, 'services/notifier/desk');
const STAMPS = join(REPOSITORY, 'node_modules/.cache/handoff');
const NEEDED_BYTES = 2 * 1000 ** 3;

/** Something that the person at the keyboard can mend; its message says how. */
export class SetupError extends Error {}

export const say = (line) => process.stderr.write(`${line}\n`);

/** @throws SetupError that names everything missing at once */
export function checkMachine(env = process.env) {
  const ownServers = { kafka: !env.KAFKA_BROKERS };
  const problems = [...checkNode(), ...(ownServers.kafka ? checkKafkaTools() : []), ...checkDisk(env)];
  if (problems.length > 0) throw new SetupError(problems.join('\n'));
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const isEnough = major > 20 || (major === 20 && minor >= 19);
  return isEnough ? [] : [`Node.js 20.19 or newer is needed, and this is ${process.versions.node}. Install it from https://nodejs.org.`];
}

function checkKafkaTools() {
  const instead = 'or set KAFKA_BROKERS to use a Kafka of your own';
  const java = javaVersion();
  const problems = [];
  if (java === null)
    problems.push(
      `Java is not installed, and Kafka runs on it. Install Java 17 or newer (for example openjdk-17-jre-headless), ${instead}.`,
    );
  else if (java < 17) problems.push(`Java ${java} is installed, and Kafka needs 17 or newer. Install a newer one, ${instead}.`);
  if (!runs('mvn', ['-v'])) problems.push(`Maven is not installed, and it fetches Kafka. Install it (package "maven"), ${instead}.`);
  return problems;
}

/** `openjdk version "17.0.15" 2025-04-15`; before Java 9 it was "1.8.0". */
function javaVersion() {
  const { status, stderr, stdout } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  if (status !== 0) return null;
  const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(`${stderr}${stdout}`) ?? [];
  return first === undefined ? null : Number(first === '1' ? second : first);
}

const runs = (command, args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

function checkDisk(env) {
  const home = env.HANDOFF_HOME ? resolve(env.HANDOFF_HOME) : join(REPOSITORY, '.handoff');
  let place = home;
  while (!existsSync(place)) place = dirname(place);
  const { bavail, bsize } = statfsSync(place);
  const free = bavail * bsize;
  if (free >= NEEDED_BYTES) return [];
  return [
    `Only ${(free / 1e9).toFixed(1)} GB are free where ${home} is, and 2 GB are needed. Make room, or set HANDOFF_HOME to a folder on another disk.`,
  ];
}

/** `npm ci` where the packages are missing or are those of another lock file. */
export async function install() {
  const lock = sha256(readFileSync(join(REPOSITORY, 'package-lock.json')));
  if (readStamp('packages') === lock) return; // the stamp is in node_modules, and goes with it
  if (isInstalled()) return writeStamp('packages', lock);
  await step('Installing packages (a minute or two, once)', npm(), [...npmArgs(), 'ci', '--no-audit', '--no-fund'], REPOSITORY);
  writeStamp('packages', lock);
}

/** By versions, not by times: a lock file that was only rewritten must not cost a new installation. */
function isInstalled() {
  const there = packagesOf('node_modules/.package-lock.json');
  const wanted = Object.entries(packagesOf('package-lock.json')).filter(
    ([path, { optional }]) => path.includes('node_modules/') && !optional,
  );
  return wanted.every(([path, { version, link }]) => there[path] && there[path].version === version && there[path].link === link);
}

function packagesOf(file) {
  const path = join(REPOSITORY, file);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : {};
}

/** Compiles what changed since the last build; `isForced` leaves finding that out to the compilers. */
export async function build({ isForced = false } = {}) {
  await buildPart(
    'services',
    ['libs', 'services', 'deploy', 'test/load', 'test/faults', 'test/examples', 'tsconfig.json', 'tsconfig.base.json', 'package-lock.json'],
    isForced,
    async () => {
      await step('Compiling the services', process.execPath, [join(REPOSITORY, 'node_modules/typescript-7/bin/tsc'), '-b'], REPOSITORY);
      await step('Bundling the services', process.execPath, [join(REPOSITORY, 'deploy/local/bundle.mjs')], REPOSITORY);
    },
  );
  if (!existsSync(join(DESK, 'index.html'))) return;
  await buildPart(
    'desk',
    ['services/notifier/desk', 'libs/contracts', 'package-lock.json'],
    isForced || !existsSync(join(DESK, 'dist')),
    () =>
      step('Building the desk', process.execPath, [join(REPOSITORY, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'], DESK),
  );
}

async function buildPart(name, sources, isForced, compile) {
  const stamp = fingerprint(sources);
  if (!isForced && readStamp(name) === stamp) return;
  await compile();
  writeStamp(name, stamp);
}

/** Names, sizes and times of the sources: a few milliseconds, where asking the compiler takes seconds. */
function fingerprint(sources) {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((source) => filesOf(join(REPOSITORY, source)))) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${relative(REPOSITORY, file)} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

function filesOf(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  const entries = readdirSync(path).filter((name) => name !== 'node_modules' && name !== 'dist' && !name.startsWith('.'));
  return entries.sort().flatMap((name) => filesOf(join(path, name)));
}

/** A long step: says that it began, that it goes on, and how long it took. Its own output is on standard error. */
async function step(what, command, args, cwd) {
  const begun = Date.now();
  const seconds = () => Math.round((Date.now() - begun) / 1000);
  say(`${what} …`);
  const alive = setInterval(() => say(`${what} … ${seconds()} s`), 10_000);
  try {
    await run(what, command, args, cwd);
    say(`${what}: done in ${seconds()} s`);
  } finally {
    clearInterval(alive);
  }
}

function run(what, command, args, cwd) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', process.stderr, process.stderr] });
    child.once('error', (cause) => fail(new SetupError(`${what} did not start: ${cause.message}`)));
    child.once('exit', (code) => (code === 0 ? done() : fail(new SetupError(`${what} failed; the lines above say why.`))));
  });
}

/** The npm that runs us, where one does: on Windows, and with several Nodes, "npm" may be another one. */
const npm = () => (process.env.npm_execpath ? process.execPath : 'npm');
const npmArgs = () => (process.env.npm_execpath ? [process.env.npm_execpath] : []);

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

function readStamp(name) {
  const file = join(STAMPS, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

function writeStamp(name, value) {
  mkdirSync(STAMPS, { recursive: true });
  writeFileSync(join(STAMPS, name), value);
}

/** Runs one of our commands: a sentence for what a person can mend, everything for what only we can. */
export async function command(work) {
  try {
    process.exitCode = await work();
  } catch (error) {
    say(error instanceof SetupError ? error.message : (error?.stack ?? String(error)));
    process.exitCode = 1;
  }
}
