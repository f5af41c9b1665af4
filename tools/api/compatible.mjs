/** Bounds that may be moved one way only: what was allowed stays so. */
const AT_MOST = ['maxLength', 'maximum', 'maxItems', 'maxProperties', 'exclusiveMaximum'];
const AT_LEAST = ['minLength', 'minimum', 'minItems', 'minProperties', 'exclusiveMinimum'];

/**
 * What a schema says otherwise than the released one so that readers or writers of that release break: a field that is gone, a type or a list of
 * words that is narrower, a field that must be there now, a tighter bound. Further fields, words and wider bounds are no break.
 * @returns a line for each, with its path
 */
export function breaks(before, after) {
  return new Comparison(before, after).at(before, after, '');
}

class Comparison {
  #open = new Set();

  constructor(before, after) {
    this.before = before;
    this.after = after;
  }

  at(before, after, path) {
    const [was, is] = [resolved(before, this.before), resolved(after, this.after)];
    const key = `${refOf(before)} ${refOf(after)}`;
    if (refOf(before) && this.#open.has(key)) return []; // being compared further up
    if (refOf(before)) this.#open.add(key);
    const found = [
      ...this.#alternatives(was, is, path),
      ...words(was, is, path),
      ...bounds(was, is, path),
      ...this.#fields(was, is, path),
      ...this.#items(was, is, path),
    ];
    this.#open.delete(key);
    return found;
  }

  /** Each way in which it could be written is one in which it still can be: the one that breaks least stands for it. */
  #alternatives(was, is, path) {
    const ways = is.anyOf ?? [is];
    if (!was.anyOf && !is.anyOf) return types(was, is, path);
    return (was.anyOf ?? [was]).flatMap((way) => {
      const tried = ways.map((it) => this.at(way, it, path));
      return tried.toSorted((one, other) => one.length - other.length)[0] ?? [];
    });
  }

  #fields(before, after, path) {
    if (after.anyOf) return []; // compared way by way
    const { properties: was = {} } = before;
    const { properties: is } = after;
    const [wasRequired, required] = [requiredIn(before), requiredIn(after)];
    const gone = is ? Object.keys(was).filter((name) => !(name in is)) : [];
    const wanted = required.filter((name) => is && !wasRequired.includes(name));
    return [
      ...gone.map((name) => `${within(path, name)} is gone`),
      ...wanted.map((name) => `${within(path, name)} must be there now`),
      ...Object.entries(was).flatMap(([name, schema]) => (is && name in is ? this.at(schema, is[name], within(path, name)) : [])),
    ];
  }

  #items({ items: was }, { items: is }, path) {
    return was && is ? this.at(was, is, `${path}[]`) : [];
  }
}

/** Also what is so without a certain field alone. */
const requiredIn = ({ required = [], else: otherwise }) => [...new Set([...required, ...(otherwise?.required ?? [])])];

const within = (path, name) => (path === '' ? name : `${path}.${name}`);
const refOf = ({ $ref }) => $ref ?? '';

function resolved(schema, root) {
  const name = /^#\/\$defs\/(\w+)$/.exec(schema.$ref ?? '')?.[1];
  return name === undefined ? schema : (root.$defs?.[name] ?? {});
}

/** Whole numbers are numbers; what says no type takes any. */
function types({ type: was }, { type: is }, path) {
  if (is === undefined || was === is || (was === 'integer' && is === 'number')) return [];
  return [was === undefined ? `${path} must be of type ${is} now` : `${path} was of type ${was} and is of type ${is}`];
}

function words({ enum: was, const: one }, { enum: is, const: only }, path) {
  const [before, now] = [was ?? (one === undefined ? null : [one]), is ?? (only === undefined ? null : [only])];
  if (now === null) return [];
  if (before === null) return [`${path} must be one of ${now.join(', ')} now`];
  return before.filter((it) => !now.includes(it)).map((it) => `${path} may not be ${JSON.stringify(it)} any more`);
}

function bounds(was, is, path) {
  const tighter = [
    ...AT_MOST.filter((name) => is[name] !== undefined && is[name] < (was[name] ?? Infinity)),
    ...AT_LEAST.filter((name) => is[name] !== undefined && is[name] > (was[name] ?? -Infinity)),
  ];
  const others = ['pattern', 'format'].filter((name) => is[name] !== undefined && is[name] !== was[name]);
  return [...tighter, ...others].map((name) => `${path} has a tighter ${name}: ${was[name] ?? 'none'} before, ${is[name]} now`);
}
