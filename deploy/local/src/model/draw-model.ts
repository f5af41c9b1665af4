import { init, type EChartsOption } from 'echarts';

/** What is drawn of a target; feedback's command has it. */
export interface DrawnTarget {
  readonly target: string;
  readonly reliability: readonly { readonly said: number; readonly came: number; readonly n: number }[];
  readonly coverage: readonly { readonly alone: number; readonly error: number; readonly cost: number }[];
}

const SIZE = { width: 1080, height: 360 };
const COLOURS = ['#2f6f9f', '#d9822b', '#4f8a5b'];
const PLOTS = [60, 420, 780];

/** Said against came, errors against how many go on alone, and what that costs; an SVG. */
export function drawModel(figures: DrawnTarget): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...SIZE });
  try {
    chart.setOption(optionsOf(figures));
    return `${stable(chart.renderToSVGString())}\n`;
  } finally {
    chart.dispose();
  }
}

const optionsOf = ({ target, reliability, coverage }: DrawnTarget): EChartsOption => ({
  animation: false,
  backgroundColor: '#ffffff',
  color: COLOURS,
  title: [`${target}: said and came`, 'wrong, of those alone', 'cost per case, look 0.2'].map((text, at) => ({
    ...{ text, top: 8, left: PLOTS[at] ?? 0 },
    textStyle: { fontSize: 13, color: '#1f2933' },
  })),
  grid: PLOTS.map((left) => ({ left, top: 44, width: 260, height: 250 })),
  xAxis: ['said', 'go on alone', 'go on alone'].map((name, gridIndex) => ({
    ...({ type: 'value', min: 0, max: 1, nameLocation: 'middle', nameGap: 28 } as const),
    ...{ name, gridIndex },
  })),
  yAxis: PLOTS.map((_, gridIndex) => ({ type: 'value', min: 0, gridIndex, ...(gridIndex === 0 ? { max: 1 } : {}) })),
  series: [
    {
      ...({ type: 'scatter', data: reliability.map(({ said, came }) => [said, came]) } as const),
      symbolSize: (_: unknown, { dataIndex }: { dataIndex: number }) => 4 + Math.sqrt(reliability[dataIndex]?.n ?? 0) / 2,
    },
    { ...line(0), data: [[0, 0], [1, 1]], lineStyle: { color: '#9aa5b1', type: 'dashed', width: 1 } }, // prettier-ignore
    { ...line(1), data: coverage.filter(({ alone }) => alone > 0).map(({ alone, error }) => [alone, error]) },
    { ...line(2), data: coverage.map(({ alone, cost }) => [alone, cost]) },
  ],
});

const line = (grid: number) => ({ type: 'line', showSymbol: false, xAxisIndex: grid, yAxisIndex: grid }) as const;

/** The library counts its drawings in the process, and names styles and clips by that. The same figures are to be the same file. */
const stable = (svg: string): string => svg.replace(/zr\d+-/g, 'zr-');
