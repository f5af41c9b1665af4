import type { Answer, OperatorClient } from '../../operator/operator-client.js';
import type { PolicySeen } from '../seen.js';

interface CurrentPolicy {
  readonly version: number;
  readonly text: string | null;
  readonly rules: readonly {
    readonly id: string;
    readonly levels: readonly { readonly name: string; readonly target: { readonly team: string } }[];
  }[];
}

/** What routing has in force, whether it still reads so, and whom it would find on duty. */
export async function lookAtPolicy(routing: OperatorClient): Promise<PolicySeen> {
  const asked = async (answer: Promise<Answer>): Promise<unknown> => {
    const it = await answer;
    if (!it.ok) throw routing.refused(it);
    return it.body;
  };
  const [current, duty] = (await Promise.all([
    asked(routing.ask('GET', '/v1/policies/current')),
    asked(routing.ask('GET', '/v1/on-duty')),
  ])) as [CurrentPolicy, { readonly teams: readonly { readonly team: string; readonly on_duty: readonly string[] }[] }]; // as routing writes them
  const { text, version, rules } = current;
  const checked = text === null ? { faults: [] } : await asked(routing.ask('POST', '/v1/policies/check', { body: { text } }));
  const { faults } = checked as { readonly faults: readonly { readonly message: string }[] };
  const onDuty = new Map(duty.teams.map(({ team, on_duty: people }) => [team, people.length]));
  return {
    version,
    faults: faults.map(({ message }) => message),
    rules: rules.map(({ id, levels }) => ({
      id,
      levels: levels.map(({ name, target: { team } }) => ({ name, team, onDuty: onDuty.get(team) ?? 0 })),
    })),
  };
}
