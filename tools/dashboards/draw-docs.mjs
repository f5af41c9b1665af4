/** docs/DASHBOARDS.md and its pictures, from what a Prometheus has of a run. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { drawBoard } from './draw-board.mjs';
import { overTime } from './prometheus.mjs';

const ROOT = new URL('../../', import.meta.url);
const BOARDS = new URL('deploy/grafana/dashboards/', ROOT);
const PICTURES = new URL('docs/images/dashboards/', ROOT);
const PAGE = new URL('docs/DASHBOARDS.md', ROOT);
const ORDER = ['overview', 'intake', 'routing', 'sla-monitor', 'notifier', 'feedback', 'servers'];
/** Points of a line at most: a picture is to be looked at. */
const POINTS = 60;

const HEAD = (seconds) => `# Dashboards

What the [dashboards](../deploy/grafana) show, drawn from a real Prometheus that read a whole system for ${Math.round(seconds)} seconds on one machine, by \`npm run
check:dashboards -- --draw\`: two replicas of each service, 168 packets of agents in seven bursts that three people answered, one packet that was sent twice, one
that was none, and a canary every five seconds. A panel without a line is of what such a run has none of. In Grafana (\`docker compose up\`, http://127.0.0.1:4130)
they have an hour, exemplars that lead to traces, and the dashboard _one handoff’s trace_, which asks the trace store and is not drawn here.

[METRICS.md](METRICS.md) says what each figure means; [runbooks](runbooks/README.md) what to do.
`;

/** @param from, until seconds since 1970 */
export async function drawDocs(url, from, until) {
  await mkdir(PICTURES, { recursive: true });
  const step = Math.max(1, Math.ceil((until - from) / POINTS));
  const sections = [];
  const boards = (await readdir(BOARDS)).map((file) => file.replace('.json', '')).filter((name) => ORDER.includes(name));
  for (const name of boards.toSorted((one, other) => ORDER.indexOf(one) - ORDER.indexOf(other))) {
    const { title, description, panels } = JSON.parse(await readFile(new URL(`${name}.json`, BOARDS), 'utf8'));
    const asked = panels.filter(({ datasource }) => datasource?.type === 'prometheus');
    const drawn = await Promise.all(asked.map((panel) => lookAt(url, panel, from, until, step)));
    await writeFile(new URL(`${name}.svg`, PICTURES), drawBoard(drawn));
    sections.push(
      `## ${title.replace('Handoff: ', '')}\n\n${description}\n\n![Panels of the dashboard: ${asked.map((it) => it.title).join(', ')}](images/dashboards/${name}.svg)`,
    );
  }
  const path = PAGE.pathname;
  await writeFile(PAGE, await format([HEAD(until - from), ...sections].join('\n\n'), { ...(await resolveConfig(path)), filepath: path }));
}

async function lookAt(url, { title, fieldConfig, targets }, from, until, step) {
  const answers = await Promise.all(
    targets.map(async ({ expr, legendFormat }) => ({ legendFormat, found: await overTime(url, expr, from, until, step) })),
  );
  const series = answers.flatMap(({ legendFormat, found }) =>
    found.map(({ metric, values }) => ({ name: named(legendFormat, metric) || title, points: pointsOf(values, from) })),
  );
  const told = series.filter(({ points }) => points.length > 0).toSorted((one, other) => highest(other) - highest(one));
  return { title, unit: fieldConfig?.defaults?.unit, series: told, note: told.length === 0 ? 'nothing of it in this run' : null };
}

const named = (legend = '', labels) => legend.replace(/\{\{(\w+)\}\}/g, (_, label) => labels[label] ?? '');
const highest = ({ points }) => Math.max(...points.map(([, value]) => value));

const pointsOf = (values, from) =>
  values.map(([at, value]) => [Math.round(at - from), Number(Number(value).toPrecision(3))]).filter(([, value]) => Number.isFinite(value));
