export * from './address-guard.js';
export * from './webhook-client.js';
