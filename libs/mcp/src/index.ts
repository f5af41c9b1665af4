export * from './over-http.js';
export * from './server.js';
