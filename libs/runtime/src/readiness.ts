export const READINESS = Symbol('Readiness');

/** What the start has reached; the health endpoint reads it. */
export interface Readiness {
  storeReady: boolean;
}
