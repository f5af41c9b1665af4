export * from './object-store.js';
export * from './open-objects.js';
export type { S3Place } from './s3-objects.js';
