export * from './config.js';
export * from './platform.module.js';
export * from './problem.js';
export * from './start-service.js';
