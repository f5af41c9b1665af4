export * from './clean-in-steps.js';
export * from './data-source.js';
export * from './listener.js';
export * from './page-cursor.js';
export * from './retry-delay.js';
export * from './sql.js';
export * from './store-errors.js';
export type { DataSource, EntityManager, MigrationInterface, QueryRunner } from 'typeorm';
