export { startIdentity, type Identity } from '@handoff/local';
