export const MASKED_WORDS = 'Holds a secret that is not shown here; it stays as it is.';

const ARGS = '/recommended_action/args/';

/** Arguments whose secrets are not shown here, by the paths that faults have (`to.iban`): an edit leaves them as they are. */
export const maskedArgs = (pointers: readonly string[]): ReadonlySet<string> =>
  new Set(pointers.filter((it) => it.startsWith(ARGS)).map((it) => it.slice(ARGS.length).split('/').map(decodePart).join('.')));

const decodePart = (part: string): string => part.replaceAll('~1', '/').replaceAll('~0', '~');
