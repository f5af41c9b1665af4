export * from './auditor.js';
export * from './cleaner.js';
export * from './config.js';
export * from './kept-days.js';
export * from './platform.module.js';
export * from './problem.js';
export * from './read-query.js';
export * from './start-service.js';
