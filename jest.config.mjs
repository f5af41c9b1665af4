/** Tests run on the sources, as ES modules; a service's processes, where a test starts them, run on the build. */
const base = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: true },
          keepClassNames: true,
        },
        module: { type: 'es6' },
      },
    ],
  },
  moduleNameMapper: {
    '^@handoff/local$': '<rootDir>/deploy/local/src/index.ts',
    '^@handoff/agent/kafka$': '<rootDir>/libs/agent/src/kafka/index.ts',
    '^@handoff/(contracts|telemetry|store|bus|webhook|runtime|testing|agent|mcp)$': '<rootDir>/libs/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['/dist/', '/.nx/', '/.handoff/'],
};

/** One broker and one database for all tests of a run. */
const onServers = { ...base, globalSetup: '<rootDir>/test/setup/servers.mjs', globalTeardown: '<rootDir>/test/setup/servers.stop.mjs' };

export default {
  projects: [
    { ...base, displayName: 'unit', testMatch: ['<rootDir>/{libs,services,deploy,test}/**/*.spec.ts'] },
    { ...onServers, displayName: 'service', testMatch: ['<rootDir>/{libs,services,deploy,test}/**/*.int-spec.ts'] },
    { ...onServers, displayName: 'journey', testMatch: ['<rootDir>/test/journeys/**/*.journey.ts'] },
  ],
  testTimeout: 60_000,
};
