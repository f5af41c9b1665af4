/** Asks what a newcomer would: the alerts that Prometheus has (waiting or firing), and `handoff doctor`; until one names part and runbook. */
import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ask } from '../../tools/dashboards/prometheus.mjs';

const HANDOFF = fileURLToPath(new URL('../../deploy/local/dist/bin/handoff.js', import.meta.url));
export const WITHIN_SECONDS = 60;

/** @returns who named it, after how many seconds, and in which words; null where nobody did in time */
export async function watch(site, { part, runbooks }) {
  const begun = Date.now();
  const isMeant = (it) => runbooks.includes(it.runbook) && part.test(it.text);
  const said = new Map();
  const over = new AbortController();
  const look = async (where, seen) => {
    while (!over.signal.aborted) {
      const all = await seen(site, over.signal);
      for (const { runbook, text } of all) said.set(runbook, text);
      const found = all.find(isMeant);
      if (found) return { ...found, where: found.where ?? where, seconds: (Date.now() - begun) / 1000 };
      await sleep(500);
    }
    return null;
  };
  const timeout = sleep(WITHIN_SECONDS * 1000, null, { signal: over.signal }).catch(() => null);
  try {
    const doctor = look('`handoff doctor`', doctorsFindings);
    const alerts = site.prometheus ? look('alert', alertsNow) : null;
    const first = await Promise.race([doctor, ...(alerts ? [alerts] : []), timeout]);
    if (first) return first;
    for (const [runbook, text] of said) console.error(`  said instead: ${text} [${runbook}]`);
    return null;
  } finally {
    over.abort();
  }
}

/** Whether it is named already: then nothing would be learned from planting it. */
export async function isNamed(site, { part, runbooks }) {
  const over = new AbortController();
  const seen = [...(await doctorsFindings(site, over.signal)), ...(site.prometheus ? await alertsNow(site) : [])];
  return seen.some((it) => runbooks.includes(it.runbook) && part.test(it.text));
}

/** An alert that waits for its time to pass is seen on the page of alerts, and its expression holds. */
async function alertsNow({ prometheus }) {
  const { alerts } = await ask(prometheus.url, 'alerts', {}).catch(() => ({ alerts: [] }));
  return alerts.map(({ labels, annotations, state }) => ({
    runbook: labels.alertname,
    text: `${JSON.stringify(labels)} ${annotations.summary}`,
    saw: annotations.summary,
    where: `alert (${state === 'firing' ? 'firing' : 'seen, and not yet long enough to page'})`,
  }));
}

function doctorsFindings({ stateDir }, signal) {
  return new Promise((done) => {
    const child = spawn(process.execPath, [HANDOFF, 'doctor', '--json'], {
      env: { ...process.env, HANDOFF_HOME: stateDir },
      stdio: ['ignore', 'pipe', 'ignore'],
      signal,
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.once('error', () => done([])); // given up
    child.once('close', () => done(output === '' ? [] : JSON.parse(output).findings.map(finding)));
  });
}

const finding = ({ part, saw, runbook }) => ({ runbook, text: `${part} ${saw}`, saw: `${part}: ${saw}`, where: null });
