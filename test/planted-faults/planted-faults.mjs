/**
 * `npm run planted-faults`: plants ten faults in a running system, one after the other, and asks within a minute whether the alerts of a real
 * Prometheus or `handoff doctor` name the part and the runbook. `--only PART_OF_A_NAME` plants some, `--write` writes
 * docs/PLANTED-FAULTS.md, `--json` prints one line for a program.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { build, checkMachine, command, install, say } from '../../deploy/local/prepare.mjs';

const CALM_SECONDS = 90;

await command(async () => {
  const { only, isJson, isWritten } = readArguments(process.argv.slice(2));
  checkMachine();
  await install();
  await build();
  const { openSite } = await import('./site.mjs');
  const { FAULTS } = await import('./faults.mjs');
  const stops = [];
  try {
    say('Starting the system and Prometheus …');
    const site = await openSite(stops);
    if (!site.prometheus) say('There is no Prometheus on this machine: only the doctor is asked.');
    const rows = [];
    for (const fault of FAULTS.filter(({ name }) => only.length === 0 || only.some((part) => name.includes(part))))
      rows.push(await tryOne(site, fault));
    if (isWritten) await (await import('./write-table.mjs')).writeTable(rows);
    const count = (of) => rows.filter(of).length;
    const [named, skipped] = [count((it) => it.found), count((it) => it.skipped)];
    if (isJson) process.stdout.write(`${JSON.stringify({ passed: named, failed: rows.length - named - skipped, skipped })}\n`);
    else process.stdout.write(`${named} named within a minute, ${rows.length - named - skipped} not, ${skipped} skipped\n`);
    return named + skipped === rows.length ? 0 : 1;
  } finally {
    for (const stop of stops) await stop().catch((error) => say(String(error)));
  }
});
process.exit(); // a look that was given up may still wait for an answer

async function tryOne(site, fault) {
  const { watch } = await import('./watch.mjs');
  const skipped = fault.skip?.(site) ?? null;
  if (skipped) {
    say(`${fault.name}: skipped: ${skipped}`);
    return { fault, skipped, found: null };
  }
  const isOld = await staysNamed(site, fault.names);
  await fault.plant(site);
  const seen = await watch(site, fault.names);
  const found = isOld ? null : seen;
  say(`${fault.name}: ${isOld ? 'named before it was planted: ' : ''}${described(seen)}`);
  await fault.mend(site);
  return { fault, skipped: null, found };
}

/** What an earlier one left has to pass: nothing would be learned otherwise. */
async function staysNamed(site, names) {
  const { isNamed } = await import('./watch.mjs');
  for (const until = Date.now() + CALM_SECONDS * 1000; await isNamed(site, names); await sleep(1000)) if (Date.now() > until) return true;
  return false;
}

function described(found) {
  return found ? `${found.where} after ${found.seconds.toFixed(1)} s: ${found.saw} [${found.runbook}]` : 'NAMED BY NOBODY';
}

function readArguments(args) {
  const only = [];
  for (let at = 0; at < args.length; at++) if (args[at] === '--only' && args[at + 1]) only.push(args[++at]);
  return { only, isJson: args.includes('--json'), isWritten: args.includes('--write') };
}
