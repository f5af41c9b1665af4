import { collectDefaultMetrics, register, Registry } from 'prom-client';
import type { Log } from '../log.js';
import { kafkaFromEnv } from '../topics/kafka-from-env.js';
import { canarySettings } from './canary-settings.js';
import { Canary } from './canary.js';
import { listen } from './listen.js';
import { Robot } from './robot.js';
import { serve } from './serve.js';

type Env = Readonly<Record<string, string | undefined>>;

/** Makes rounds until it is aborted. @throws where it hears nothing any more: whoever started it starts it again */
export async function runCanary(env: Env, log: Log, signal: AbortSignal): Promise<void> {
  const settings = canarySettings(env);
  (register as Registry<typeof Registry.OPENMETRICS_CONTENT_TYPE | typeof Registry.PROMETHEUS_CONTENT_TYPE>).setContentType(
    Registry.OPENMETRICS_CONTENT_TYPE,
  );
  register.setDefaultLabels({ service: 'canary' });
  collectDefaultMetrics();
  const kafka = kafkaFromEnv(env, 'handoff-canary');
  const producer = kafka.producer({ allowAutoTopicCreation: false });
  const canary = new Canary(settings, producer, new Robot(settings.deskUrl, settings.signInSecret), log);
  let isReady = false;
  const closeDoors = await serve(settings, { notified: (copy) => canary.notified(copy), isReady: () => isReady });
  const deaf = new AbortController();
  try {
    await producer.connect();
    const stopListening = await listen({
      ...settings,
      kafka,
      log,
      heard: (heard) => canary.hear(heard),
      onDeaf: (error) => deaf.abort(error),
    });
    isReady = true;
    await canary.run(AbortSignal.any([signal, deaf.signal]));
    if (!signal.aborted && !deaf.signal.aborted) await aborted(signal); // misrouted: it stays, asks nothing, and its alert fires
    await stopListening();
  } finally {
    await Promise.all([producer.disconnect(), closeDoors()]);
  }
  deaf.signal.throwIfAborted();
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
