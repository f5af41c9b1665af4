import type { BenchResult } from './result.js';

const WIDTH = 720;
const INK = '#1f2933';
const BARS = '#2f6f9f';
const PALE = '#c9d6df';

/** Lifecycles per second beside what the machine does by hand, and where the CPU time goes. */
export function plot(result: BenchResult): string {
  const levels = Object.entries(result.lifecycles_per_second);
  const speeds = [
    ...levels.map(([at, value]) => ({ label: `${at} in flight`, value, colour: BARS })),
    { label: 'two SQL transactions by hand', value: result.limits.two_transactions_per_second, colour: PALE },
  ];
  const cpu = Object.entries(result.cpu_seconds_per_1000)
    .toSorted(([, a], [, b]) => b - a)
    .map(([label, value]) => ({ label, value, colour: BARS }));
  const highest = levels.at(-1)?.[0] ?? '';
  const top = panel('Lifecycles per second', speeds, 20);
  const bottom = panel(`CPU seconds per 1,000 lifecycles, ${highest} in flight`, cpu, top.end + 24);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${bottom.end + 12}" font-family="system-ui, sans-serif" font-size="13" role="img" aria-label="Results of the bench">
<rect width="100%" height="100%" fill="#ffffff"/>
${top.svg}
${bottom.svg}
</svg>
`;
}

interface Bar {
  readonly label: string;
  readonly value: number;
  readonly colour: string;
}

function panel(title: string, bars: readonly Bar[], y: number): { readonly svg: string; readonly end: number } {
  const most = Math.max(...bars.map(({ value }) => value));
  const lines = bars.map(({ label, value, colour }, at) => {
    const top = y + 20 + at * 24;
    const width = Math.max(1, Math.round((value / most) * 400));
    return `<text x="220" y="${top + 13}" text-anchor="end" fill="${INK}">${label}</text><rect x="230" y="${top}" width="${width}" height="17" fill="${colour}"/><text x="${238 + width}" y="${top + 13}" fill="${INK}">${value}</text>`;
  });
  return {
    svg: [`<text x="20" y="${y}" font-weight="600" fill="${INK}">${title}</text>`, ...lines].join('\n'),
    end: y + 20 + bars.length * 24,
  };
}
