import { fault, type Fault } from '../errors.js';
import { isSecret } from './mask-text.js';

/** Ids go on as they are, as records are joined by them; so one that is a secret is refused, and the refusal does not repeat it. */
export function secretsInIds(ids: Readonly<Record<string, string | null | undefined>>): readonly Fault[] {
  return Object.entries(ids)
    .filter(([, id]) => id !== null && id !== undefined && isSecret(id))
    .map(([path]) =>
      fault(path, 'secret_in_id', `${path} holds a key, a token or a password, and ids are read by everybody. Use another id.`),
    );
}

/** An id that may be repeated; null for a secret. */
export const unlessSecret = <Id extends string>(id: Id | null): Id | null => (id !== null && isSecret(id) ? null : id);
