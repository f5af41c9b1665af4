import ts from 'typescript';

/** How handlers read a query, and what each way says of the parameter. */
const READERS = new Map(
  Object.entries({ textIn: text, wordIn: word, numberIn: number, secondsIn: seconds, instantIn: instant, cursorIn: cursor }),
);
/** Calls are followed this far from the handler. */
const DEPTH = 4;

/** What the source of a handler says: its words, what it reads of the query, which classes judge its body (the nearest first), and what it answers, under which statuses, in which media types. */
export class Source {
  constructor(files, options) {
    this.program = ts.createProgram(files, options);
    this.checker = this.program.getTypeChecker();
    this.handlers = new Map();
    for (const path of files) this.#collect(this.program.getSourceFile(path));
  }

  /** @returns null for a handler that is in none of the files */
  handler(className, methodName) {
    const method = this.handlers.get(`${className}.${methodName}`);
    if (!method) return null;
    const found = { query: new Map(), bodies: new Map(), statuses: new Set(), media: new Set(), sent: null, isAnyStatus: false };
    this.#follow(method.body, found, DEPTH, new Set());
    const { query, bodies, statuses, media, sent, isAnyStatus } = found;
    const signature = this.checker.getSignatureFromDeclaration(method);
    return {
      ...this.#words(method),
      about: this.#words(method.parent).summary,
      query: [...query.values()],
      bodies: [...bodies].toSorted(([, one], [, other]) => other - one).map(([name]) => name),
      statuses: [...statuses].filter((status) => status < 400).toSorted((one, other) => one - other),
      media: [...media],
      sent,
      isAnyStatus,
      answer: this.checker.getReturnTypeOfSignature(signature),
    };
  }

  #collect(file) {
    for (const type of file.statements.filter(ts.isClassDeclaration))
      for (const member of type.members.filter(ts.isMethodDeclaration)) this.handlers.set(`${type.name.text}.${member.name.text}`, member);
  }

  #words(declaration) {
    const doc = ts.getJSDocCommentsAndTags(declaration).find(ts.isJSDoc);
    const text = (ts.getTextOfJSDocComment(doc?.comment) ?? '').replaceAll(/\s+/g, ' ').trim();
    const [summary = ''] = /^.*?[.;](?= |$)/.exec(text) ?? [text];
    return { summary: summary.replace(/[.;]$/, ''), description: text };
  }

  #follow(node, found, depth, seen) {
    if (!node || depth === 0 || seen.has(node)) return;
    seen.add(node);
    const visit = (child) => {
      if (ts.isCallExpression(child)) this.#call(child, found, depth, seen);
      if (ts.isNewExpression(child) && child.expression.text === 'StreamableFile') this.#bytes(child, found);
      ts.forEachChild(child, visit);
    };
    visit(node);
  }

  #call(call, found, depth, seen) {
    const callee = ts.isPropertyAccessExpression(call.expression) ? call.expression.name : call.expression;
    if (!ts.isIdentifier(callee)) return;
    const read = READERS.get(callee.text);
    if (read) {
      const parameter = read(call.arguments, this.checker);
      if (parameter) found.query.set(parameter.name, parameter);
      return;
    }
    if (ts.isPropertyAccessExpression(call.expression)) this.#replies(callee.text, call.arguments, found);
    const [first] = call.arguments;
    if (callee.text === 'validate' && first && ts.isIdentifier(first))
      found.bodies.set(first.text, Math.max(depth, found.bodies.get(first.text) ?? 0));
    for (const argument of call.arguments) this.#into(argument, found, depth, seen);
    this.#into(callee, found, depth, seen);
  }

  /** What it says by the reply itself. */
  #replies(name, [first, second], found) {
    const { statuses, media } = found;
    if (name === 'status') this.#status(first, found);
    if (name === 'send' && first) found.sent ??= this.checker.getTypeAtLocation(first);
    if (name === 'redirect') for (const status of this.#literals(second)) statuses.add(status);
    if (name === 'type') for (const type of this.#literals(first)) if (/^\w+\/\w/.test(type)) media.add(type);
    if (name === 'header' && nameIn(first) === 'content-type') for (const type of this.#literals(second)) media.add(type);
  }

  #status(node, found) {
    const known = this.#literals(node);
    for (const status of known) found.statuses.add(status);
    if (known.length === 0) found.isAnyStatus = true;
  }

  #bytes({ arguments: [, options] }, { media }) {
    const type = options?.properties?.find((it) => it.name?.text === 'type');
    for (const value of this.#literals(type?.initializer)) media.add(value);
  }

  /** All that it may be, where that is known. */
  #literals(node) {
    const type = node && this.checker.getTypeAtLocation(node);
    return (type?.isUnion() ? type.types : [type]).flatMap((it) => (it?.value === undefined ? [] : [it.value]));
  }

  /** Where a name leads to a function of ours, what that does. */
  #into(name, found, depth, seen) {
    if (!ts.isIdentifier(name)) return;
    let symbol = this.checker.getSymbolAtLocation(name);
    if (symbol && symbol.flags & ts.SymbolFlags.Alias) symbol = this.checker.getAliasedSymbol(symbol);
    const declared = symbol?.valueDeclaration;
    if (!declared || declared.getSourceFile().isDeclarationFile) return;
    const body = ts.isFunctionDeclaration(declared) || ts.isMethodDeclaration(declared) ? declared.body : arrowIn(declared);
    this.#follow(body, found, depth - 1, seen);
  }
}

const arrowIn = (declared) =>
  ts.isVariableDeclaration(declared) && declared.initializer && ts.isArrowFunction(declared.initializer)
    ? declared.initializer.body
    : undefined;
const nameIn = (argument) => (argument && ts.isStringLiteral(argument) ? argument.text : null);
const parameter = (argument, schema) => {
  const name = nameIn(argument);
  return name === null ? null : { name, schema };
};

function text([, name]) {
  return parameter(name, { type: 'string' });
}

function word([, name, words], checker) {
  const type = words && checker.getTypeAtLocation(words);
  const parts = type ? checker.getTypeArguments(type).flatMap((it) => (it.isUnion() ? it.types : [it])) : [];
  const allowed = parts.filter((it) => it.isStringLiteral()).map(({ value }) => value);
  return parameter(name, { type: 'string', ...(allowed.length > 0 ? { enum: allowed } : {}) });
}

function number([, name, bounds]) {
  const fields = bounds && ts.isObjectLiteralExpression(bounds) ? bounds.properties : [];
  const figures = fields.filter((it) => ts.isPropertyAssignment(it) && ts.isNumericLiteral(it.initializer));
  const named = Object.fromEntries(figures.map((it) => [it.name.text, Number(it.initializer.text.replaceAll('_', ''))]));
  const { or, min, max } = named;
  const kept = Object.entries({ minimum: min, maximum: max, default: or === 0 && min > 0 ? undefined : or }).filter(
    ([, it]) => it !== undefined,
  );
  return parameter(name, { type: 'integer', ...Object.fromEntries(kept) });
}

function seconds([, name]) {
  return parameter(name, { type: 'integer', minimum: 0 });
}

function instant([, name]) {
  return parameter(name, { type: 'string', format: 'date-time' });
}

function cursor() {
  return { name: 'after', schema: { type: 'string' } };
}
