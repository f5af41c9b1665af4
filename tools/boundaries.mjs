import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

// The rule reads the graph of projects as Nx last wrote it: without one it passes everything, with an old one it overlooks.
const nxCommand = createRequire(import.meta.url).resolve('nx/bin/nx.js');
execFileSync(process.execPath, [nxCommand, 'show', 'projects'], { env: { ...process.env, NX_DAEMON: 'false' }, stdio: 'ignore' });

/** Which tag may import which. The tags stand in each project's package.json, under "nx". */
const MAY_IMPORT = {
  'type:contracts': [],
  'type:platform': ['type:contracts', 'type:platform'],
  'type:deploy': ['type:contracts', 'type:platform'],
  'type:testing': ['type:contracts', 'type:platform', 'type:deploy'],
  'type:client': ['type:contracts', 'type:client'],
  'type:service': ['type:contracts', 'type:platform'],
  'type:journeys': ['type:contracts', 'type:testing', 'type:client', 'type:deploy'], // they start the system as `npm start` does
};

/** Servers, builders and a movable clock, for tests alone. */
const TESTS_MAY_IMPORT = Object.fromEntries(
  Object.entries(MAY_IMPORT).map(([tag, allowed]) => [
    tag,
    ['type:service', 'type:platform'].includes(tag) ? [...allowed, 'type:testing'] : allowed,
  ]),
);

/** A lib's tests run on a service and on servers that stand on that lib; only sources have to be free of cycles. */
const BENEATH_TESTS = ['telemetry', 'store', 'bus', 'webhook', 'runtime', 'local', 'testing'];
const CYCLES_OF_TESTS = BENEATH_TESTS.flatMap((one) => BENEATH_TESTS.filter((other) => other !== one).map((other) => [one, other]));

const rule = (mayImport, ignoredCircularDependencies = []) => [
  'error',
  {
    depConstraints: Object.entries(mayImport).map(([sourceTag, onlyDependOnLibsWithTags]) => ({ sourceTag, onlyDependOnLibsWithTags })),
    ignoredCircularDependencies,
  },
];

/** ESLint configuration for the boundaries between projects, and nothing else. */
export const boundaries = [
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: { parser: tseslint.parser },
    plugins: { '@nx': nx },
    rules: { '@nx/enforce-module-boundaries': rule(MAY_IMPORT) },
  },
  {
    files: ['**/*.spec.ts', '**/*.int-spec.ts', '**/*.for-spec.ts'],
    rules: { '@nx/enforce-module-boundaries': rule(TESTS_MAY_IMPORT, CYCLES_OF_TESTS) },
  },
];
