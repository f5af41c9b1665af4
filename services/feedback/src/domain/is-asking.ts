import type { Kind } from '@handoff/contracts';

/** Whether asking was right is a question about who asked; what people give to agents teaches nothing about that. */
export const isAsking = ({ kind }: { readonly kind: Kind }): boolean => kind === 'escalation';
