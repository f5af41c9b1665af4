import type { EachBatchPayload } from 'kafkajs';

const HEARTBEAT_EVERY_MS = 1000;

/** kafkajs heartbeats only when told to; a batch that waits for Postgres must not cost the group its member. */
export function keepBeating(payloads: readonly EachBatchPayload[]): { stop(): Promise<void> } {
  let failed: Error | null = null;
  const beat = async (): Promise<void> => payloads[0]?.heartbeat().catch((error: unknown) => void (failed ??= error as Error));
  const timer = setInterval(() => void beat(), HEARTBEAT_EVERY_MS);
  return {
    async stop() {
      clearInterval(timer);
      await beat();
      if (failed) throw failed; // kafkajs joins the group again; what was committed is skipped on the way
    },
  };
}
