export const READINESS = Symbol('Readiness');

export const WAITS_FOR_STORE = 'Postgres is not connected, or its schema is being migrated';
/** A schema that was restored has forgotten it, and would say something else in its place. */
export const WAITS_TO_RELEARN = 'what this service said before is being read from Kafka';

/** What the start has reached; the health endpoint reads it, and nobody is served before it is done. */
export interface Readiness {
  /** Null once there is nothing that the service may not do. */
  waitsFor: string | null;
}
