import { identifierIn } from './array-filters.ts';
import { CommandError } from './errors.ts';
import { splitPath } from './paths.ts';
import { shellText } from './shell-text.ts';
import type { Document } from './values.ts';

const REFERENCE_FIELDS = new Set(['$ref', '$id', '$db']);
const isPositional = (part: string): boolean => part === '$';
const isDynamic = (part: string): boolean => isPositional(part) || identifierIn(part) !== null;

/** @throws CommandError 56 for a path with an empty name, 2 for one with `$` or `$[]` where it cannot stand */
export function checkUpdatePath(path: string): void {
  if (path === '') throw new CommandError('EmptyFieldName', 'An empty update path is not valid.');
  const parts = splitPath(path);
  if (parts.includes('')) {
    const message = `The update path '${path}' contains an empty field name, which is not allowed.`;
    throw new CommandError('EmptyFieldName', message);
  }
  const first = parts[0] as string;
  if (isDynamic(first)) {
    const element = isPositional(first)
      ? "positional (i.e. '$')"
      : "array filter identifier (i.e. '$[<id>]')";
    throw new CommandError(
      'BadValue',
      `Cannot have ${element} element in the first position in path '${path}'`,
    );
  }
  if (parts.filter(isPositional).length > 1) {
    throw new CommandError('BadValue', `Too many positional (i.e. '$') elements found in path '${path}'`);
  }
}

/** A new document may have fields that begin with `$`; one that is there gets none. @throws CommandError 52 */
export function refuseDollar(path: string): void {
  const [first = ''] = splitPath(path);
  if (!first.startsWith('$') || REFERENCE_FIELDS.has(first)) return;
  const message = `The dollar ($) prefixed field '${first}' in '${path}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`;
  throw new CommandError('DollarPrefixedFieldName', message);
}

/**
 * At the top of a document that is there, the fields of a reference stand together or not at all.
 * @throws CommandError 55. Source: server, update/storage_validation.cpp
 */
export function refuseHalfReference(document: Document, name: string): void {
  if (!REFERENCE_FIELDS.has(name) || !Object.hasOwn(document, name)) return;
  const names = Object.keys(document);
  const at = names.indexOf(name);
  const start = { $ref: at, $id: at - 1, $db: at - 2 }[name] ?? at;
  const [ref, id] = names.slice(Math.max(start, 0), start + 2);
  const areTexts = ['$ref', ...(name === '$db' ? ['$db'] : [])].every(
    (part) => typeof document[part] === 'string',
  );
  if (ref === '$ref' && id === '$id' && areTexts) return;
  throw new CommandError('InvalidDBRef', `The DBRef field ${name} must stand beside $ref and $id`);
}

/** The target of a `$rename`. @throws CommandError 2 for one that is no other place, or one that varies */
export function checkRename(path: string, target: unknown): void {
  if (typeof target !== 'string') {
    const message = `The 'to' field for $rename must be a string: ${shellText({ [path]: target })}`;
    throw new CommandError('BadValue', message);
  }
  checkUpdatePath(target);
  const [from, to] = [splitPath(path), splitPath(target)];
  const shorter = Math.min(from.length, to.length);
  const message = renameFault({
    path,
    target,
    from,
    to,
    isOnOnePath: from.slice(0, shorter).every((part, at) => to[at] === part),
  });
  if (message !== null) throw new CommandError('BadValue', message);
}

type Rename = {
  readonly path: string;
  readonly target: string;
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly isOnOnePath: boolean;
};

function renameFault({ path, target, from, to, isOnOnePath }: Rename): string | null {
  const text = shellText({ [path]: target });
  if (target.includes('\0')) return "The 'to' field for $rename cannot contain an embedded null byte";
  if (path === target) return `The source and target field for $rename must differ: ${text}`;
  if (isOnOnePath) return `The source and target field for $rename must not be on the same path: ${text}`;
  if (from.some(isDynamic)) return `The source field for $rename may not be dynamic: ${path}`;
  if (to.some(isDynamic)) return `The destination field for $rename may not be dynamic: ${target}`;
  return null;
}
