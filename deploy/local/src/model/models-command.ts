import { findInstallation } from '../command/installation.js';
import { EXIT, type Env, type ExitCode, type Io } from '../command/io.js';
import { table } from '../command/table.js';
import { asciiJson, visibleLine } from '../dead-letters/show-bytes.js';
import { OperatorClient, operatorName, serviceTokenSecret } from '../operator/operator-client.js';

/** As feedback answers of its models. */
interface Models {
  readonly champion: string | null;
  readonly shadow: string | null;
  readonly items: readonly { readonly version: string; readonly state: string; readonly cases: number; readonly trained_at: string }[];
  readonly events: readonly Happened[];
}
interface Happened {
  readonly at: string;
  readonly version: string;
  readonly event: string;
  readonly by: string;
  readonly why: string;
}

/** Which models there are, and what became of each, the newest first. */
export async function showHistory({ env, print, log }: Io, isJson: boolean): Promise<ExitCode> {
  const models = (await askFeedback(env, 'GET', '')) as Models; // its own words
  if (isJson) print(asciiJson(models));
  else if (models.items.length > 0) print(describe(models));
  log(
    `${answering(models.champion)} ${models.shadow === null ? 'No other is compared with it.' : `${models.shadow} is compared with it.`}`,
  );
  return EXIT.fine;
}

/** Kept by feedback, with who and why. */
export async function rollBack({ env, log }: Io, why: string): Promise<ExitCode> {
  const { version } = (await askFeedback(env, 'POST', '/rollback', { why })) as { readonly version: string | null };
  log(`Rolled back. ${answering(version)}`);
  return EXIT.fine;
}

const answering = (champion: string | null): string => (champion === null ? 'No model answers: the rule does.' : `${champion} answers.`);

const describe = ({ items, events }: Models): string =>
  [
    table([['MODEL', 'STATE', 'CASES', 'TRAINED'], ...items.map((it) => [it.version, it.state, String(it.cases), it.trained_at])]),
    '',
    table([
      ['AT', 'MODEL', 'EVENT', 'BY', 'WHY'],
      ...events.map((it) => [it.at, it.version, it.event, visibleLine(it.by), visibleLine(it.why)]),
    ]),
  ].join('\n');

async function askFeedback(env: Env, method: 'GET' | 'POST', path: string, body?: object): Promise<unknown> {
  const [{ urls }, secret] = await Promise.all([findInstallation(env), serviceTokenSecret(env)]);
  const client = new OperatorClient('feedback', urls.feedback[0] ?? '', secret, operatorName(env));
  const answer = await client.ask(method, `/v1/models${path}`, body ? { body } : {});
  if (!answer.ok) throw client.refused(answer);
  return answer.body;
}
