import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Types that stand for any JSON. */
const ANY_JSON = { Json: {}, JsonObject: { type: 'object' } };
/** What JSON makes of classes that are not ours. */
const AS_JSON = { Date: { type: 'string', format: 'date-time' }, URL: { type: 'string', format: 'uri' } };
const BYTES = { type: 'string', format: 'binary' };

/**
 * JSON Schemas of TypeScript types, as what a handler returns is on the wire. Named types come into `components`, so that each is said once.
 * @param known schemas of classes that judge what comes in: they say more than their types do
 */
export class TypeSchemas {
  components = new Map();
  #names = new Map();

  constructor(checker, known) {
    this.checker = checker;
    this.known = known;
  }

  of(type) {
    const alias = type.aliasSymbol?.name;
    if (Object.hasOwn(ANY_JSON, alias ?? '')) return ANY_JSON[alias];
    if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return {};
    if (type.flags & ts.TypeFlags.StringLike) return type.isStringLiteral() ? { type: 'string', enum: [type.value] } : { type: 'string' };
    if (type.flags & ts.TypeFlags.NumberLike) return type.isNumberLiteral() ? { type: 'number', enum: [type.value] } : { type: 'number' };
    if (type.flags & ts.TypeFlags.BooleanLike) return { type: 'boolean' };
    if (type.flags & ts.TypeFlags.Null) return { type: 'null' };
    if (type.symbol?.name === 'StreamableFile' || type.getProperty('BYTES_PER_ELEMENT')) return BYTES;
    if (type.isUnion()) return this.#union(type);
    if (type.isIntersection()) return this.#intersection(type);
    return this.#object(type);
  }

  /** Of what is answered: what a handler promises, or streams. */
  ofAnswer(type) {
    const name = type.symbol?.name;
    const [inner] = ['Promise', 'Observable'].includes(name) ? this.checker.getTypeArguments(type) : [];
    const answered = inner ?? type;
    return answered.flags & (ts.TypeFlags.Void | ts.TypeFlags.Undefined) ? null : this.of(answered);
  }

  named(name) {
    if (!this.components.has(name)) this.components.set(name, this.known[name]);
    return { $ref: `#/components/schemas/${name}` };
  }

  /** In an order of their own: the checker's depends on what it has met before. */
  #union(type) {
    const parts = type.types.filter((it) => !(it.flags & ts.TypeFlags.Undefined));
    const literals = parts.filter((it) => it.isStringLiteral());
    const others = parts.filter((it) => !it.isStringLiteral()).map((it) => this.of(it));
    const words = literals.length > 0 ? [{ type: 'string', enum: literals.map(({ value }) => value).toSorted() }] : [];
    const byText = new Map([...words, ...others].map((it) => [JSON.stringify(it), it]));
    const unique = [...byText].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, it]) => it);
    return unique.length === 1 ? unique[0] : { anyOf: unique };
  }

  /** A branded id is the text that it is. */
  #intersection(type) {
    const plain = type.types.find((it) => it.flags & (ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike));
    return plain ? this.of(plain) : this.#properties(type);
  }

  #object(type) {
    const name = type.symbol?.name ?? '';
    if (Object.hasOwn(AS_JSON, name)) return AS_JSON[name];
    if (this.checker.isTupleType(type)) return { type: 'array' };
    if (this.checker.isArrayType(type) || name === 'ReadonlyArray')
      return { type: 'array', items: this.of(this.checker.getTypeArguments(type)[0]) };
    if (Object.hasOwn(this.known, name) && isClass(type)) return this.named(name);
    const isNamed =
      /^[A-Z]\w*$/.test(name) && type.symbol.declarations?.some((it) => ts.isInterfaceDeclaration(it) || ts.isClassDeclaration(it));
    if (!isNamed || type.typeArguments?.length > 0) return this.#properties(type);
    if (!this.#names.has(type)) {
      const free = [name, ...Array.from({ length: 9 }, (_, at) => `${name}${at + 2}`)].find((it) => !this.components.has(it));
      this.#names.set(type, free);
      this.components.set(free, {}); // there before its parts, which may lead back to it
      this.components.set(free, this.#properties(type));
    }
    return { $ref: `#/components/schemas/${this.#names.get(type)}` };
  }

  #properties(type) {
    const values = this.checker.getIndexTypeOfType(type, ts.IndexKind.String);
    const fields = this.checker
      .getPropertiesOfType(type)
      .filter((it) => !it.name.startsWith('__'))
      .sort((a, b) => placeOf(a).localeCompare(placeOf(b)));
    const properties = {};
    const required = [];
    for (const field of fields) {
      const at = field.valueDeclaration ?? field.declarations?.[0];
      const its = at ? this.checker.getTypeOfSymbolAtLocation(field, at) : this.checker.getTypeOfSymbol(field);
      if (its.getCallSignatures().length > 0 || its.flags & ts.TypeFlags.Undefined) continue; // nothing of it is on the wire
      properties[field.name] = { ...describe(ts.displayPartsToString(field.getDocumentationComment(this.checker))), ...this.of(its) };
      const isOptional =
        field.flags & ts.SymbolFlags.Optional || (its.isUnion() && its.types.some((it) => it.flags & ts.TypeFlags.Undefined));
      if (!isOptional) required.push(field.name);
    }
    return {
      type: 'object',
      ...(fields.length > 0 ? { properties } : {}),
      ...(required.length > 0 ? { required } : {}),
      ...(values ? { additionalProperties: this.of(values) } : {}),
    };
  }
}

/** What judges is a class; an interface may have the name of another's. */
const isClass = ({ symbol }) => symbol.declarations?.some((it) => ts.isClassDeclaration(it)) ?? false;

/** File and place in it: the compiler's own order of a mapped type changes with whatever else was compiled before. */
function placeOf({ declarations: [first] = [] }) {
  return first ? `${relative(ROOT, first.getSourceFile().fileName)} ${String(first.pos).padStart(9, '0')}` : '';
}

const describe = (words) => (words === '' ? {} : { description: words.replaceAll(/\s+/g, ' ') });
