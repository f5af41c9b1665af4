export { PATIENCE } from './one-call.js';
export * from './over-http.js';
export * from './server.js';
