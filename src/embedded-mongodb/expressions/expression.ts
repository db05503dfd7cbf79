import { CommandError } from '../errors.ts';
import { splitPath } from '../paths.ts';
import { fieldOf, hasFields, isDocument, setField } from '../values.ts';
import type { Document, TextOrder } from '../values.ts';
import { ACCUMULATING } from './accumulating.ts';
import { ARITHMETIC } from './arithmetic.ts';
import { CONVERSION } from './conversion.ts';
import { DATES } from './dates.ts';
import type { Compile, Expression, Frame, OperatorCompiler } from './frame.ts';
import { LISTS } from './lists.ts';
import { LOGIC } from './logic.ts';
import { OBJECTS } from './objects.ts';
import { SETS } from './sets.ts';
import { TEXTS } from './texts.ts';
import { checkOwnName, checkReadName } from './variable-names.ts';

const OPERATORS: Readonly<Record<string, OperatorCompiler>> = {
  ...LOGIC,
  ...ARITHMETIC,
  ...CONVERSION,
  ...LISTS,
  ...SETS,
  ...OBJECTS,
  ...TEXTS,
  ...DATES,
  ...ACCUMULATING,
};

/** Where a command's expressions stand: how their texts compare, and the variables that they have. */
export type Surroundings = { readonly collate: TextOrder; readonly variables: Frame['variables'] };

/** Where there are neither a collation nor variables. */
export const NO_SURROUNDINGS: Surroundings = { collate: null, variables: {} };

function compilerOf(order: TextOrder, names: ReadonlySet<string>): Compile {
  const having = (more: readonly string[]): Compile => {
    more.forEach(checkOwnName);
    return compilerOf(order, new Set([...names, ...more]));
  };
  const made: Compile = Object.assign((spec: unknown) => compileSpec(spec, made), { order, names, having });
  return made;
}

/** The compiler of expressions that stand there. */
export function compilerIn({ collate, variables }: Surroundings): Compile {
  return compilerOf(collate, new Set(Object.keys(variables)));
}

/** Compiles an aggregation expression. @throws CommandError what MongoDB answers for one that is not valid */
export function compileExpression(spec: unknown, surroundings: Surroundings): Expression {
  return compilerIn(surroundings)(spec);
}

function compileSpec(spec: unknown, compile: Compile): Expression {
  if (typeof spec === 'string') return spec.startsWith('$') ? compilePath(spec, compile.names) : () => spec;
  if (Array.isArray(spec)) {
    const parts = (spec as unknown[]).map((part) => compile(part));
    return (frame) => parts.map((part) => part(frame) ?? null);
  }
  return isDocument(spec) ? compileObject(spec, compile) : () => spec;
}

/** Value of an expression that reads no document. */
export function evaluate(expression: unknown, surroundings: Surroundings): unknown {
  return compileExpression(expression, surroundings)(frameOf({}, surroundings.variables));
}

/** The frame in which a stage's expressions stand. */
export function frameOf(document: unknown, variables: Document): Frame {
  return { root: document, current: document, variables };
}

function compileObject(spec: Document, compile: Compile): Expression {
  const keys = Object.keys(spec);
  const operator = keys.find((key) => key.startsWith('$'));
  if (operator === undefined) return compileFields(spec, compile);
  if (keys.length > 1) {
    const message = `an expression specification must contain exactly one field, the name of the expression. Found ${keys.length} fields`;
    throw new CommandError(15983, message);
  }
  const compiler = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined;
  if (compiler === undefined) throw new CommandError(168, `Unrecognized expression '${operator}'`);
  return compiler(spec[operator], compile);
}

function compileFields(spec: Document, compile: Compile): Expression {
  const fields = Object.entries(spec).map(([name, value]) => {
    if (name.includes('.')) {
      throw new CommandError(
        16412,
        `FieldPath field names may not contain '.'. Consider using $getField or $setField.`,
      );
    }
    return { name, value: compile(value) };
  });
  return (frame) => {
    const object: Document = {};
    for (const { name, value } of fields) {
      const field = value(frame);
      if (field !== undefined) setField(object, name, field);
    }
    return object;
  };
}

function compilePath(path: string, names: ReadonlySet<string>): Expression {
  if (path === '$') throw new CommandError(16872, "'$' by itself is not a valid FieldPath");
  if (!path.startsWith('$$')) {
    const parts = partsOf(path.slice(1));
    return (frame) => valueAt(frame.current, parts, 0);
  }
  const [name = '', ...rest] = path.slice(2).split('.');
  checkReadName(name);
  const value = compileVariable(name, names);
  const parts = rest.length === 0 ? [] : partsOf(rest.join('.'));
  return parts.length === 0 ? value : (frame) => valueAt(value(frame), parts, 0);
}

/** @throws CommandError 17276 for a variable that there is not, 51144 for one of a replica set */
function compileVariable(name: string, names: ReadonlySet<string>): Expression {
  switch (name) {
    case 'ROOT':
      return (frame) => frame.root;
    case 'CURRENT':
      return (frame) => frame.current;
    case 'NOW':
      return (frame) => frame.variables[name] ?? new Date();
    case 'REMOVE':
      return () => undefined;
    case 'CLUSTER_TIME':
      throw new CommandError(51144, "Builtin variable '$$CLUSTER_TIME' is not available");
    default:
      if (names.has(name)) return (frame) => frame.variables[name];
      throw new CommandError(17276, `Use of undefined variable: ${name}`);
  }
}

function partsOf(path: string): readonly string[] {
  const parts = splitPath(path);
  if (path.includes('\0')) throw new CommandError(16411, "FieldPath field names may not contain '\\0'.");
  if (parts.at(-1) === '') throw new CommandError(40353, "FieldPath must not end with a '.'.");
  if (parts.includes('')) throw new CommandError(15998, 'FieldPath field names may not be empty strings.');
  if (parts.some((part) => part.startsWith('$') && !['$id', '$ref', '$db'].includes(part))) {
    const message = "FieldPath field names may not start with '$'. Consider using $getField or $setField.";
    throw new CommandError(16410, message);
  }
  return parts;
}

/** The value at a path; through a list it is the list of what its documents have there. */
function valueAt(value: unknown, parts: readonly string[], from: number): unknown {
  let current = value;
  for (let at = from; at < parts.length; at++) {
    if (Array.isArray(current)) {
      return (current as unknown[])
        .filter(hasFields)
        .map((element) => valueAt(element, parts, at))
        .filter((found) => found !== undefined);
    }
    current = fieldOf(current, parts[at] as string);
  }
  return current;
}
