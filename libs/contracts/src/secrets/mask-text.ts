import { mayHoldSecret } from './may-hold-secret.js';
import { isPaymentCard, PAYMENT_CARD } from './payment-card.js';
import { NAMED, UNMISTAKABLE, type SecretRule } from './secret-rules.js';

export const MASK = '[masked]';

/** Never longer than the secret: what was within its limits stays so. */
export const maskOf = (secret: string): string => (secret.length < MASK.length ? '*'.repeat(secret.length) : MASK);

const RULES: readonly SecretRule[] = [...UNMISTAKABLE, ...NAMED, { name: 'payment card', pattern: PAYMENT_CARD, holds: isPaymentCard }];

/** The text with its secrets masked; the same text where it has none. */
export const maskText = (text: string): string => (mayHoldSecret(text) ? RULES.reduce(applyRule, text) : text);

/** Of ids, which travel as they are: whether one holds what can be nothing but a secret. */
export const isSecret = (id: string): boolean => mayHoldSecret(id) && UNMISTAKABLE.reduce(applyRule, id) !== id;

function applyRule(text: string, { pattern, holds }: SecretRule): string {
  return text.replace(pattern, (match: string, ...captured: unknown[]) => {
    if (holds && !holds(match)) return match;
    const groups = captured.at(-1);
    const secret = typeof groups === 'object' && groups !== null ? (groups as { readonly secret: string }).secret : match;
    return match.slice(0, match.length - secret.length) + maskOf(secret);
  });
}
