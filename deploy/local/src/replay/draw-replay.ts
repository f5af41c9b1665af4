import { init, type EChartsOption } from 'echarts';

/** What is drawn of a log; routing's command has it. */
export interface Drawn {
  readonly log: string;
  readonly lines: readonly { readonly line: number; readonly sla: string; readonly in_time: number; readonly breaches_caught: number }[];
  /** Minutes, ascending at every percent. */
  readonly earlier: readonly number[];
}

const SIZE = { width: 860, height: 720 };
const COLOURS = ['#2f6f9f', '#d9822b', '#4f8a5b', '#8a4f7d'];

/** Which share of waits was in time, and by how much earlier somebody else would have been asked in the others; an SVG. */
export function drawReplay(logs: readonly Drawn[]): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...SIZE });
  try {
    chart.setOption(optionsOf(logs));
    return `${stable(chart.renderToSVGString())}\n`;
  } finally {
    chart.dispose();
  }
}

function optionsOf(logs: readonly Drawn[]): EChartsOption {
  const bars = logs.flatMap(({ log, lines }) => lines.map((it) => ({ name: `${log}: line ${it.line}, ${it.sla}`, ...it })));
  return {
    animation: false,
    backgroundColor: '#ffffff',
    color: COLOURS,
    title: [
      { text: 'Waits: acted on in time, and those in which the policy would have asked somebody else', ...titleAt(8) },
      { text: 'Breaches caught: share of them asked so many minutes earlier, or fewer', ...titleAt(380) },
    ],
    legend: [
      { data: ['in time', 'breaches caught'], top: 8, right: 10 },
      { data: logs.map(({ log }) => log), top: 404, left: 260 },
    ],
    grid: [
      { left: 260, right: 40, top: 44, height: 290 },
      { left: 260, right: 40, top: 440, height: 210 },
    ],
    xAxis: [
      { type: 'value', gridIndex: 0 },
      { type: 'log', gridIndex: 1, min: 1, name: 'minutes earlier', nameLocation: 'middle', nameGap: 30 },
    ],
    yAxis: [
      { type: 'category', gridIndex: 0, inverse: true, data: bars.map(({ name }) => name) },
      { type: 'value', gridIndex: 1, min: 0, max: 100, axisLabel: { formatter: '{value} %' } },
    ],
    series: [
      { type: 'bar', name: 'in time', stack: 'waits', data: bars.map(({ in_time }) => in_time), itemStyle: { color: '#c9d6df' } },
      { type: 'bar', name: 'breaches caught', stack: 'waits', data: bars.map(({ breaches_caught }) => breaches_caught) },
      ...logs.map(({ log, earlier }) => ({
        ...({ type: 'line', showSymbol: false, xAxisIndex: 1, yAxisIndex: 1, name: log } as const),
        data: earlier.map((minutes, percent) => [Math.max(1, minutes), percent]),
      })),
    ],
  };
}

const titleAt = (top: number) => ({ top, left: 10, textStyle: { fontSize: 14, color: '#1f2933' } });

/** The library counts its drawings in the process, and names styles and clips by that. The same figures are to be the same file. */
const stable = (svg: string): string => svg.replace(/zr\d+-/g, 'zr-');
