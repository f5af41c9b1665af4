/** Who may import whom. It first shows on imports that are wrong that it would see them: a check that cannot fail is none. */
import { ESLint } from 'eslint';
import { boundaries } from './boundaries.mjs';

const WRONG = [
  ['libs/contracts/src/probe.ts', '@handoff/bus', 'contracts stand on nothing of ours'],
  ['libs/store/src/probe.ts', '@handoff/bus', 'a platform lib is not part of a cycle'],
  ['services/routing/src/probe.ts', '@handoff/intake', 'a service knows the others by their topics only'],
  ['services/routing/src/probe.ts', '../../intake/src/main.js', 'nor by a path'],
  ['services/routing/src/probe.spec.ts', '@handoff/intake', 'nor in its tests'],
  ['services/routing/src/probe.ts', '@handoff/testing', 'testing is for tests'],
  ['services/routing/src/probe.ts', '@handoff/local', 'a service does not know where it runs'],
  ['services/notifier/desk/src/probe.ts', '@handoff/store', 'a client knows the contracts alone'],
  ['libs/agent/src/probe.ts', '@handoff/bus', 'also where it is for agents'],
  ['test/journeys/probe.ts', '@handoff/store', 'journeys meet the services as users do'],
];
const RIGHT = [
  ['services/routing/src/probe.ts', '@handoff/bus'],
  ['services/routing/src/probe.spec.ts', '@handoff/testing'],
  ['libs/bus/src/probe.int-spec.ts', '@handoff/testing'],
  ['services/routing/src/probe.for-spec.ts', '@handoff/testing'],
  ['libs/mcp/src/probe.ts', '@handoff/agent'],
  ['libs/testing/src/probe.ts', '@handoff/local'],
  ['test/journeys/probe.ts', '@handoff/testing'],
];

const ignored = { ignores: ['**/dist/**', '.nx/**', '.handoff/**'] };
const eslint = new ESLint({ overrideConfigFile: true, baseConfig: [ignored, ...boundaries], allowInlineConfig: false });

async function isCaught([filePath, imported]) {
  const [result] = await eslint.lintText(`import { it } from '${imported}';\nexport const probe = it;\n`, { filePath });
  return (result?.errorCount ?? 0) > 0;
}

async function blindSpots() {
  const unseen = [];
  for (const probe of WRONG)
    if (!(await isCaught(probe))) unseen.push(`does not see that ${probe[0]} may not import ${probe[1]}: ${probe[2]}`);
  for (const probe of RIGHT) if (await isCaught(probe)) unseen.push(`refuses that ${probe[0]} imports ${probe[1]}`);
  return unseen;
}

const unseen = await blindSpots();
for (const line of unseen) console.error(`The check itself is broken: it ${line}.`);
const results = await eslint.lintFiles(['{libs,services,deploy,test}/**/*.{ts,tsx}']);
const report = await (await eslint.loadFormatter('stylish')).format(results);
if (report) console.error(report);
const broken = unseen.length + results.reduce((sum, { errorCount }) => sum + errorCount, 0);
console.log(broken === 0 ? `Boundaries hold in ${results.length} files.` : `${broken} broken.`);
process.exitCode = broken === 0 ? 0 : 1;
