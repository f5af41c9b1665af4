export * from './audit-cost.js';
export * from './builders.js';
export * from './eventually.js';
export * from './race.js';
export * from './rows-of.js';
export * from './test-servers.js';
export * from './test-service.js';
export * from './topic-tail.js';
