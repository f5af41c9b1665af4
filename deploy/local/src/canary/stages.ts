/** In the order in which a handoff reaches them. What comes of `answered` may be heard before the door has said that it took the answer. */
export const STAGES = ['published', 'accepted', 'routed', 'notified', 'answered', 'decided', 'feedback'] as const;
export type Stage = (typeof STAGES)[number];
