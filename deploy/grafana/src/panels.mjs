import { DashboardBuilder, RowBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as NumberBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as GraphBuilder } from '@grafana/grafana-foundation-sdk/timeseries';

const PROMETHEUS = { type: 'prometheus', uid: 'prometheus' };
const [WIDE, HALF, SMALL] = [24, 12, 4];

/** @param legend of each series, from its labels */
export const query = (expr, legend = '') => ({ expr, legend });

/** How something went over time. Histograms show their exemplars, which lead to traces. */
export function graph(title, description, unit, ...queries) {
  const builder = new GraphBuilder()
    .title(title)
    .description(description)
    .unit(unit)
    .min(0)
    .span(queries.length > 3 ? WIDE : HALF)
    .height(8)
    .datasource(PROMETHEUS);
  return withQueries(builder, queries);
}

/** How it is now. */
export function number(title, description, unit, asked) {
  return withQueries(new NumberBuilder().title(title).description(description).unit(unit).span(SMALL).height(4).datasource(PROMETHEUS), [
    asked,
  ]);
}

function withQueries(builder, queries) {
  for (const [at, { expr, legend }] of queries.entries()) {
    const target = new DataqueryBuilder()
      .refId(String.fromCharCode(65 + at))
      .expr(expr)
      .legendFormat(legend)
      .range();
    builder.withTarget(expr.includes('_bucket') ? target.exemplar(true) : target);
  }
  return builder;
}

/** The `share` of what took no longer than the value, by what `by` names. */
export function percentile(share, histogram, by, of = '') {
  const labels = ['le', ...by].join(', ');
  return `histogram_quantile(${share}, sum by (${labels}) (rate(${histogram}_bucket{${of}}[$__rate_interval])))`;
}

export const rate = (counter, by, of = '') => `sum by (${by.join(', ')}) (rate(${counter}{${of}}[$__rate_interval]))`;

/** What every replica says alike, as it reads it for all of them. */
export const maximum = (gauge, by, of = '') => `max by (${by.join(', ')}) (${gauge}{${of}})`;

/** @param rows titles with their panels */
export function board(uid, title, description, rows) {
  const builder = new DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags(['handoff'])
    .refresh('30s')
    .time({ from: 'now-1h', to: 'now' })
    .timezone('browser');
  for (const [row, panels] of rows) {
    builder.withRow(new RowBuilder(row));
    for (const panel of panels) builder.withPanel(panel);
  }
  return builder;
}
