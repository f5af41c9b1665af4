import type { Milliseconds, Service } from '@handoff/contracts';
import { lookWithin, type Looked } from '../looked.js';
import { parseSamples, type Samples } from '../samples.js';
import type { Health, ProcessSeen } from '../seen.js';

const WITHIN_MS: Milliseconds = 4000;

/** @param pause resolves when the metrics are to be read again */
export async function lookAtProcess(service: Service, url: string, pause: Promise<void>): Promise<ProcessSeen> {
  const [live, ready, metrics] = await Promise.all([health(`${url}/health/live`), health(`${url}/health/ready`), scrape(url)]);
  await pause;
  if (metrics.kind === 'unseen') return { service, url, live, ready, metrics, later: metrics };
  const [later, readyLater] = await Promise.all([scrape(url), health(`${url}/health/ready`)]);
  return { service, url, live, ready: { ...readyLater, tookMs: Math.min(ready.tookMs, readyLater.tookMs) }, metrics, later };
}

/** What a process counts. */
export const scrape = (url: string): Promise<Looked<Samples>> =>
  lookWithin(WITHIN_MS, async (signal) => {
    const answer = await fetch(`${url}/metrics`, { signal });
    if (!answer.ok) throw new Error(`it answers ${answer.status}`);
    return parseSamples(await answer.text());
  });

const health = (url: string): Promise<Looked<Health>> =>
  lookWithin(WITHIN_MS, async (signal) => {
    const asked = Date.now();
    const answer = await fetch(url, { signal });
    const middle = (asked + Date.now()) / 2;
    const said = Date.parse(answer.headers.get('date') ?? '');
    // The header has whole seconds, cut off: half of one is what it leaves out on average.
    const aheadSeconds = Number.isNaN(said) ? null : Math.round((said + 500 - middle) / 1000);
    return { ok: answer.ok, reasons: answer.ok ? [] : reasonsIn(await answer.text()), aheadSeconds };
  });

/** Of an answer of `@nestjs/terminus`. */
function reasonsIn(text: string): Health['reasons'] {
  try {
    const { error = {} } = JSON.parse(text) as { readonly error?: Readonly<Record<string, { readonly message?: string }>> };
    return Object.entries(error).map(([part, { message = 'down' }]) => ({ part, why: message }));
  } catch {
    return [{ part: 'process', why: text.slice(0, 200) }];
  }
}
