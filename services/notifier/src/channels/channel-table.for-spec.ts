import { PUSH_CHANNELS, type PushChannel } from '@handoff/contracts';

const COLUMNS = ['send', 'update', 'callback', 'limits', 'failure'] as const;

export interface Shown {
  readonly channel: PushChannel;
  readonly column: (typeof COLUMNS)[number];
  readonly text: string;
}

/** The docs' table of what the tests have seen, as the formatter would write it; a cell without a test is empty. */
export function renderTable(shown: readonly Shown[]): string {
  const cellOf = (channel: PushChannel, column: Shown['column']): string =>
    shown.find((it) => it.channel === channel && it.column === column)?.text ?? '';
  const rows = PUSH_CHANNELS.map((channel) => [`[${channel}](${channel}.md)`, ...COLUMNS.map((column) => cellOf(channel, column))]);
  const table = [['channel', ...COLUMNS], ...rows];
  const widths = (table[0] ?? []).map((_, at) => Math.max(...table.map((row) => (row[at] ?? '').length)));
  const line = (cells: readonly string[]): string => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  return [line(table[0] ?? []), line(widths.map((width) => '-'.repeat(width))), ...table.slice(1).map(line), ''].join('\n');
}
