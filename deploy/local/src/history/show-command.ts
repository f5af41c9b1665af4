import type { Timeline } from '@handoff/contracts';
import { findInstallation } from '../command/installation.js';
import { EXIT, type ExitCode, type Io } from '../command/io.js';
import { asciiJson } from '../dead-letters/show-bytes.js';
import { OperatorClient, operatorName, serviceTokenSecret } from '../operator/operator-client.js';
import { describeTimeline } from './describe-timeline.js';

const WITHIN_MS = 15_000;

/** The whole history of a handoff, asked at the people's door, which gathers it. */
export async function runShow(id: string, isJson: boolean, { env, print, log }: Io): Promise<ExitCode> {
  const [{ urls }, secret] = await Promise.all([findInstallation(env), serviceTokenSecret(env)]);
  const door = new OperatorClient('notifier', urls.notifier[0] ?? '', secret, operatorName(env));
  const answer = await door.ask('GET', `/operator/v1/timelines/${encodeURIComponent(id)}`, { withinMs: WITHIN_MS });
  if (answer.problem === 'not_found' || answer.problem === 'several_handoffs') {
    log(answer.detail);
    return EXIT.found;
  }
  if (!answer.ok) throw door.refused(answer);
  const timeline = answer.body as Timeline; // as notifier writes it
  print(isJson ? asciiJson(timeline) : describeTimeline(timeline));
  for (const { service, why } of timeline.gaps) log(`Without the part of ${service}: ${why}.`);
  return timeline.gaps.length > 0 ? EXIT.found : EXIT.fine;
}
