/** docs/PLANTED-FAULTS.md, as the run saw it. */
import { writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { WITHIN_SECONDS } from './watch.mjs';

const PAGE = new URL('../../docs/PLANTED-FAULTS.md', import.meta.url);

const head = (day) => `# Planted faults

Could somebody who has never seen the system tell what is wrong? \`npm run planted-faults -- --write\` plants each fault in a whole running system (${day}), and asks the alerts of a
real Prometheus and [\`handoff doctor\`](HANDOFF-COMMAND.md) again and again, for ${WITHIN_SECONDS} seconds at most, until one of them names the part and a [runbook](runbooks/README.md). What
they say first is in the table. An alert counts as soon as its expression holds: it is then on Prometheus' page, and pages once it has held for its time.
A sample of it runs with \`npm test\`.
`;

const cell = (text) =>
  text
    .replaceAll('|', '\\|')
    .replaceAll('\n', ' ')
    .replace(/http:\/\/127\.0\.0\.1:\d+/g, 'http://127.0.0.1:…')
    .replace(/\/\S*handoff-planted-\w+/g, '…');
const SHOWN = 260;
const shorten = (text) => (text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);

export async function writeTable(rows) {
  const lines = rows.map(({ fault, skipped, found }) => {
    if (skipped) return `| ${fault.name} | | skipped: ${skipped} | | | |`;
    if (!found) return `| ${fault.name} | ${cell(fault.how)} | **named by nobody** | | | |`;
    const { saw, where, seconds, runbook } = found;
    return `| ${fault.name} | ${cell(fault.how)} | ${cell(shorten(saw))} | ${where} | ${seconds.toFixed(1)} | [${runbook}](runbooks/${runbook}.md) |`;
  });
  const table = [
    '| fault | how it was planted | what one saw | where | after s | runbook |',
    '| --- | --- | --- | --- | --- | --- |',
    ...lines,
  ].join('\n');
  const path = PAGE.pathname;
  const text = await format(`${head(new Date().toISOString().slice(0, 10))}\n${table}\n`, {
    ...(await resolveConfig(path)),
    filepath: path,
  });
  await writeFile(PAGE, text);
}
