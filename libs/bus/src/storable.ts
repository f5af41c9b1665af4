/** Postgres keeps neither NUL nor half of a surrogate pair; a dead letter that cannot be written would stop its consumer for good. */
export const storable = (text: string): string => text.replaceAll('\u0000', '\uFFFD').toWellFormed();
