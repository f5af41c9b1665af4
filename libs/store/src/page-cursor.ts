/** The row that a page by time and id ends with; the next one begins behind it. */
export interface PageCursor {
  /** Microseconds since 1970, decimal: a date of JavaScript has fewer digits than Postgres. */
  readonly us: string;
  readonly id: string;
}

/** As a column `us` of each row that `pageOf` is given. */
export const microsecondsOf = (column: string): string => `(extract(epoch FROM ${column}) * 1000000)::bigint::text AS us`;
/** The instant of a cursor that is given as a parameter, for example `$5`. */
export const instantOf = (us: string): string => `timestamptz 'epoch' + ${us}::bigint * interval '1 microsecond'`;

/** @param found in the order of the list, one more than `limit` where there is more */
export function pageOf<Row extends PageCursor>(
  found: readonly Row[],
  limit: number,
): { readonly rows: readonly Row[]; readonly next: string | null } {
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  return { rows: page, next: last ? `${last.us}_${last.id}` : null };
}

/** @returns null where the text is no `next` of a page */
export function readCursor(text: string): PageCursor | null {
  const [, us, id] = /^(\d{1,18})_([0-9a-f-]{36})$/.exec(text) ?? [];
  return us !== undefined && id !== undefined ? { us, id } : null;
}
