/**
 * A group's coordinator that was not found is taken for final by kafkajs, which then restarts nothing. It is the network, or a broker that
 * has just begun, and is waited out like any other outage.
 */
export function isOutOfReach(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === 'KafkaJSGroupCoordinatorNotFound' || isOutOfReach(error.cause);
}
