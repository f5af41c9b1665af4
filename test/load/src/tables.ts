import { LATENCIES } from './orders.js';
import { round } from './percentiles.js';
import type { BenchResult } from './result.js';

export type Row = readonly string[];
/** The first row is its heading. */
export type Table = readonly Row[];

export function tablesOf(result: BenchResult): readonly Table[] {
  const levels = Object.keys(result.lifecycles_per_second);
  const toAgents = [result.delegations, result.transfers];
  const escalations = (at: number): number => result.lifecycles_per_second[at] ?? NaN;
  const two = result.limits.two_transactions_per_second;
  return [
    [
      ['lifecycles in flight', ...levels],
      ['lifecycles per second', ...levels.map((at) => String(result.lifecycles_per_second[at]))],
      ['share of two hand-written transactions', ...levels.map((at) => percent((result.lifecycles_per_second[at] ?? 0) / two))],
      ...LATENCIES.map((name) => [`${labelOf(name)}: p50 / p95 / p99 ms`, ...levels.map((at) => spread(result.latency_ms[name][at]))]),
    ],
    [
      ['process', ...levels.map((at) => `CPU-s per 1,000 at ${at}`), 'MB'],
      ...Object.keys(result.rss_mb).map((name) => [
        name,
        ...levels.map((at) => String(result.cpu_seconds_per_1000_by_level[at]?.[name] ?? '')),
        String(result.rss_mb[name]),
      ]),
      [
        'load generator',
        ...levels.map((_, at) => (at === levels.length - 1 ? String(result.load_generator.cpu_seconds_per_1000) : '')),
        String(result.load_generator.rss_mb),
      ],
    ],
    [
      [`${result.delegations.in_flight} tasks in flight`, 'given to an agent', 'passed on to an agent'],
      ['lifecycles per second', ...toAgents.map((it) => String(it.lifecycles_per_second))],
      ['share of two hand-written transactions', ...toAgents.map((it) => percent(it.lifecycles_per_second / two))],
      ['share of as many escalations', ...toAgents.map((it) => percent(it.lifecycles_per_second / escalations(it.in_flight)))],
      ...LATENCIES.map((name) => [`${labelOf(name)}: p50 / p95 / p99 ms`, ...toAgents.map((it) => spread(it.latency_ms[name]))]),
      ['CPU-s per 1,000, all processes', ...toAgents.map((it) => String(round(sum(Object.values(it.cpu_seconds_per_1000)), 1)))],
    ],
    [
      ['limit of this machine, same packet', 'per second'],
      ...Object.entries(result.limits).map(([name, value]) => [name.replace(/_per_second$/, '').replaceAll('_', ' '), String(value)]),
    ],
  ];
}

const labelOf = (name: string): string => name.replace('submit_', 'submit → ').replace('_to_', ' → ');
const spread = (it: { p50: number; p95: number; p99: number } | undefined): string => (it ? `${it.p50} / ${it.p95} / ${it.p99}` : '');
const sum = (numbers: readonly number[]): number => numbers.reduce((total, it) => total + it, 0);
const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** Markdown, which reads well on a terminal, too. */
export function markdown(table: Table): string {
  const widths = (table[0] ?? []).map((_, column) => Math.max(3, ...table.map((row) => (row[column] ?? '').length)));
  const line = (row: Row): string => `| ${widths.map((width, at) => (row[at] ?? '').padEnd(width)).join(' | ')} |`;
  const [head = [], ...body] = table;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body.map(line)].join('\n');
}
