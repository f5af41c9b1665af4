import type { OperatorClient } from '../../operator/operator-client.js';
import type { AgentsSeen } from '../seen.js';

/** As intake, which takes what they ask, knows them. */
export async function lookAtAgents(intake: OperatorClient): Promise<AgentsSeen> {
  const answer = await intake.ask('GET', '/operator/v1/agents');
  if (!answer.ok) throw intake.refused(answer);
  return answer.body as AgentsSeen; // as intake writes it
}
