import { fault, ok, refuse, type Fault, type Result } from '../errors.js';
import { validate } from '../wire/validate.js';
import type { Delivery, DeliveredWork, Delegation } from './delegation.js';
import { Packet } from './packet.js';

/** The name of what is recommended once something was delivered; its arguments are the output. */
export const ACCEPT_DELIVERY = 'accept_delivery';

/**
 * The next version of a delegation's packet: the work is what is recommended, so that whoever reviews it approves exactly that, and
 * what a decision carries is enough for those who go on with it.
 */
export function withDelivery(packet: Packet, delegation: Delegation, delivery: Delivery): Result<Packet> {
  const { summary, output = null, criteria } = delivery;
  const unmet = criteria.filter(({ met }) => !met).length;
  return validate(Packet, {
    ...packet,
    agent: { id: delivery.agent_id },
    current_state: { text: summary },
    reason_for_escalation: { code: 'policy_required', text: 'A delivery counts once somebody has approved it.' },
    recommended_action: {
      kind: 'tool_call',
      name: ACCEPT_DELIVERY,
      args: { output },
      rationale: unmet === 0 ? 'Every criterion is said to be met.' : `${unmet} of ${criteria.length} criteria are said not to be met.`,
      alternatives: [],
    },
    allowed_decisions: ['approve', 'reject', 'take_over'],
    delegation: { ...delegation, delivery },
  });
}

/** What is wrong with the results: each criterion has exactly one, and one that is met says what shows it. */
export function checkResults({ success_criteria: asked }: Delegation, { criteria }: DeliveredWork): readonly Fault[] {
  const ids = new Set(asked.map(({ id }) => id));
  const told = criteria.map(({ criterion_id }) => criterion_id);
  const strange = criteria.flatMap(({ criterion_id: id }, at) =>
    !ids.has(id)
      ? [fault(`criteria[${at}].criterion_id`, 'unknown_criterion', `This delegation has no criterion "${id}".`)]
      : told.indexOf(id) === at
        ? []
        : [fault(`criteria[${at}].criterion_id`, 'not_allowed_value', `Criterion "${id}" has a result already.`)],
  );
  const bare = criteria.flatMap(({ met, evidence }, at) =>
    met && evidence.length === 0 ? [fault(`criteria[${at}].evidence`, 'empty', 'A criterion that is met names what shows it.')] : [],
  );
  const untold = asked.filter(({ id }) => !told.includes(id));
  return [
    ...strange,
    ...bare,
    ...untold.map(({ id }) => fault('criteria', 'missing', `Criterion "${id}" has no result; say whether it is met.`)),
  ];
}

/** The part of a kind that has one; what is kept without it is not what it says it is. */
export function delegationIn({ delegation }: Pick<Packet, 'delegation'>): Result<Delegation> {
  return delegation ? ok(delegation) : refuse(fault('delegation', 'missing', 'This handoff is no delegation.'));
}
