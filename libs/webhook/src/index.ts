export * from './address-guard.js';
export * from './retry-after.js';
export * from './webhook-client.js';
