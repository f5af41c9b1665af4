import { fault, isWithinLimits, type DecisionRights, type Fault } from '@handoff/contracts';

/**
 * What of the rights that are passed on goes beyond those that the sender has. They only narrow on the way, so what is not named is
 * not passed on, and leaving all of it out would leave whoever gets the task without any bound.
 */
export function widerRights(had: DecisionRights | null, passed: DecisionRights | null): readonly Fault[] {
  if (had === null) return [];
  if (passed === null)
    return [exceeded('decision_rights', 'The task came with rights; say which of them go on with it, as many or fewer.')];
  const limits = had.authority ?? [];
  return [
    ...(passed.authority ?? []).flatMap(({ unit, up_to: value }, at) =>
      isWithinLimits(limits, { unit, value })
        ? []
        : [exceeded(`decision_rights.authority[${at}]`, `${value} ${unit} is more than the sender may decide.`)],
    ),
    ...(passed.may ?? []).flatMap((it, at) =>
      had.may?.includes(it) ? [] : [exceeded(`decision_rights.may[${at}]`, 'The sender has no such right, in these words.')],
    ),
    ...(had.must_ask ?? []).flatMap((it) =>
      passed.must_ask?.includes(it) ? [] : [exceeded('decision_rights.must_ask', `"${it}" has to be asked about, and is left out here.`)],
    ),
  ];
}

const exceeded = (path: string, message: string): Fault => fault(path, 'authority_exceeded', message);
