import { fault, type Fault } from '@handoff/contracts';

interface Named {
  readonly id: string;
}

/** Whatever names an entry of a list names one that is there. */
export function checkNamed(at: string, name: string, list: string, entries: readonly Named[]): readonly Fault[] {
  return entries.some(({ id }) => id === name)
    ? []
    : [fault(at, 'not_allowed_value', `${at} is "${name}", which is not among the ${list}.`)];
}

/** An id is taken once. */
export function checkDoubles(list: string, entries: readonly Named[]): readonly Fault[] {
  const ids = entries.map(({ id }) => id);
  return ids.flatMap((id, i) => {
    const at = `${list}[${i}].id`;
    return ids.indexOf(id) === i ? [] : [fault(at, 'not_allowed_value', `${at} is "${id}", which is taken by an entry before it.`)];
  });
}
