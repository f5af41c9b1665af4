/** A dashboard's panels as one SVG, by ECharts, from what a Prometheus answered. */
import { init } from 'echarts';

const COLUMNS = 2;
const [WIDTH, PANEL, TITLE, GAP] = [980, 220, 58, 14];
const COLOURS = ['#2f6f9f', '#d9822b', '#4f8a5b', '#8a4f7d', '#a33b3b', '#6b7785', '#b59b2e', '#3f8f8f'];
/** More lines than that nobody tells apart. */
const MOST_SERIES = 8;

/** @param panels title, unit, series: each its name and points [seconds since the beginning, value] */
export function drawBoard(panels) {
  const column = (WIDTH - GAP) / COLUMNS;
  const boxes = panels.map((panel, at) => ({
    ...panel,
    left: (at % COLUMNS) * (column + GAP),
    top: Math.floor(at / COLUMNS) * (PANEL + GAP),
    width: column,
  }));
  const height = Math.ceil(panels.length / COLUMNS) * (PANEL + GAP);
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  try {
    chart.setOption(optionsOf(boxes));
    return `${stable(chart.renderToSVGString())}\n`;
  } finally {
    chart.dispose();
  }
}

function optionsOf(boxes) {
  return {
    animation: false,
    backgroundColor: '#ffffff',
    color: COLOURS,
    title: boxes.flatMap(({ title, note, left, top }) => [
      { text: title, left: left + 8, top: top + 4, textStyle: { fontSize: 13, color: '#1f2933' } },
      ...(note
        ? [{ text: note, left: left + 60, top: top + 96, textStyle: { fontSize: 11, fontWeight: 'normal', color: '#6b7785' } }]
        : []),
    ]),
    legend: boxes.map(({ series, title, left, top, width }) => ({
      data: series.slice(0, MOST_SERIES).map(({ name }) => `${title}\u0000${name}`),
      formatter: (name) => name.split('\u0000')[1],
      ...{
        type: 'plain',
        left: left + 8,
        top: top + 22,
        width: width - 16,
        height: 16,
        itemWidth: 10,
        itemHeight: 6,
        itemGap: 8,
        padding: 0,
      },
      textStyle: { fontSize: 9, color: '#3e4c59' },
    })),
    grid: boxes.map(({ left, top, width }) => ({ left: left + 52, top: top + TITLE + 8, width: width - 68, height: PANEL - TITLE - 34 })),
    xAxis: boxes.map((_, gridIndex) => ({
      ...{ type: 'value', gridIndex, min: 0, axisLabel: { fontSize: 9, formatter: '{value} s' }, splitLine: { show: false } },
    })),
    yAxis: boxes.map(({ unit }, gridIndex) => ({
      ...{ type: 'value', gridIndex, min: 0, splitNumber: 3, axisLabel: { fontSize: 9, formatter: (value) => inUnit(value, unit) } },
      splitLine: { lineStyle: { color: '#eceff2' } },
    })),
    series: boxes.flatMap(({ series, title }, index) =>
      series.slice(0, MOST_SERIES).map(({ name, points }) => ({
        ...{ type: 'line', name: `${title}\u0000${name}`, xAxisIndex: index, yAxisIndex: index, showSymbol: false, data: points },
        lineStyle: { width: 1.4 },
      })),
    ),
  };
}

const UNITS = {
  s: (value) => (value < 1 ? `${round(value * 1000)} ms` : `${round(value)} s`),
  reqps: (value) => `${round(value)}/s`,
  percentunit: (value) => `${round(value * 100)} %`,
  bytes: (value) => inBytes(value),
  Bps: (value) => `${inBytes(value)}/s`,
};

const inUnit = (value, unit) => (UNITS[unit] ?? round)(value);
const inBytes = (value) => (value >= 1e6 ? `${round(value / 1e6)} MB` : `${round(value / 1e3)} kB`);
const round = (value) => String(Math.round(value * 100) / 100);

/** The library counts its drawings in the process, and names styles and clips by that. */
const stable = (svg) => svg.replace(/zr\d+-/g, 'zr-');
