/** Longer texts are whole where they were written; a routing stays small. */
const MOST_CHARACTERS = 200;

export function shortened(text: string): string {
  return text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS - 1).toWellFormed()}…`;
}
