import { DECISION_TYPES, isJsonObject, type AskingVerdict, type DecisionType, type Json, type JsonObject } from '@handoff/contracts';

/** What the desk is told; the same body as its page sends. */
export interface Answer {
  readonly type: DecisionType;
  readonly message?: string;
  readonly args?: JsonObject;
  readonly asking_was?: Extract<AskingVerdict, 'necessary' | 'unnecessary'>;
}

export interface Question {
  readonly allowed: readonly DecisionType[];
  readonly action: JsonObject | null;
  /** A schema may forbid any change that we could make without knowing the trade. */
  readonly hasArgsSchema: boolean;
}

/** Of the answers that are possible here the one that was given least often, so that a run has every type. */
export function chooseAnswer(given: readonly DecisionType[], question: Question): Answer {
  const timesGiven = (type: DecisionType): number => given.filter((it) => it === type).length;
  const possible = DECISION_TYPES.filter((type) => isPossible(type, question));
  const [type = 'respond'] = possible.toSorted((a, b) => timesGiven(a) - timesGiven(b));
  return { type, ...rest(type, question), ...ASKING[given.length % ASKING.length] };
}

/** Some people answer "should the agent have handled this itself?", some leave it. */
const ASKING: readonly Pick<Answer, 'asking_was'>[] = [{ asking_was: 'necessary' }, {}, { asking_was: 'unnecessary' }, {}];

function isPossible(type: DecisionType, { allowed, action, hasArgsSchema }: Question): boolean {
  if (!allowed.includes(type)) return false;
  return type !== 'edit' || (!hasArgsSchema && action?.['kind'] === 'tool_call' && editedArgs(action) !== null);
}

function rest(type: DecisionType, { action }: Question): Pick<Answer, 'message' | 'args'> {
  switch (type) {
    case 'approve':
      return {};
    case 'edit': {
      const args = action ? editedArgs(action) : null;
      return args ? { args, message: 'Went through it and made one detail clearer.' } : {};
    }
    case 'reject':
      return { message: 'Not this way: the rules do not cover it.' };
    case 'respond':
      return { message: 'Please ask once more for the order number, then go on.' };
    case 'take_over':
      return { message: 'I will see to this one myself.' };
  }
}

/** The whole arguments again with a word added to the longest text in them; null where there is no text. */
function editedArgs(action: JsonObject): JsonObject | null {
  const args = action['args'];
  if (!isJsonObject(args)) return null;
  const longest = texts(args).toSorted((a, b) => b.length - a.length)[0];
  if (longest === undefined || longest === '') return null;
  const edited = replaceText(args, longest, `${longest} (checked)`);
  return isJsonObject(edited) ? edited : null;
}

function texts(value: Json): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
}

function replaceText(value: Json, from: string, to: string): Json {
  if (value === from) return to;
  if (Array.isArray(value)) return value.map((item: Json) => replaceText(item, from, to));
  return isJsonObject(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaceText(item, from, to)])) : value;
}
