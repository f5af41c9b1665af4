const HUES = 6;

/** The same colour for the same person on every schedule; it repeats what the name says. */
export function hueOf(person: string): number {
  let sum = 0;
  for (const letter of person) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return sum % HUES;
}
