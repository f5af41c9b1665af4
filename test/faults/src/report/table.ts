import type { Finding } from '../check/finding.js';
import type { RunResult } from './result.js';

const HEAD = ['fault', 'times injected', 'recovered in', 'duplicates absorbed', 'lost', 'doubled'] as const;

/** Markdown, which reads well on a terminal, too. */
export function tableOf({ faults }: RunResult): string {
  const rows = faults.map((it) => [
    it.name,
    String(it.injected),
    it.recovered_ms_max === null ? '' : `${(it.recovered_ms_max / 1000).toFixed(1)} s`,
    String(it.duplicates_absorbed),
    String(it.lost),
    String(it.doubled),
  ]);
  const widths = HEAD.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string => `| ${widths.map((width, at) => (row[at] ?? '').padEnd(width)).join(' | ')} |`;
  return [line(HEAD), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n');
}

const MOST_SHOWN = 20;

/** What is broken, with everything that is known of it. */
export function findingsOf(broken: readonly Finding[]): string {
  const shown = broken.slice(0, MOST_SHOWN).map((it) => {
    const who = [it.handoffId, it.taskId].filter(Boolean).join(', ') || 'the run';
    return [
      `${it.kind}: ${it.invariant}: ${it.what} (${who}${it.fault ? `, under ${it.fault}` : ''})`,
      ...it.history.map((line) => `    ${line}`),
    ].join('\n');
  });
  const more = broken.length > MOST_SHOWN ? [`… and ${broken.length - MOST_SHOWN} more; --json has them all.`] : [];
  return [...shown, ...more].join('\n');
}
