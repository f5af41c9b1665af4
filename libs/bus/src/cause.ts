/** What led to an event: it becomes the event's `causationid`, `correlationid` and the parent of its trace. */
export interface Cause {
  readonly eventId: string | null;
  readonly correlationId: string | null;
  readonly traceparent: string | null;
}
