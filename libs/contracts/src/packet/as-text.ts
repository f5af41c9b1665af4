import type { Json } from '../json.js';

/** Words as they are, anything else as JSON. */
export const asText = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));
