import { CommandError } from '../errors.ts';
import { expressionUse } from '../field-use.ts';
import { isDocument } from '../values.ts';
import type { Surroundings } from './expression.ts';
import { evaluate } from './expression.ts';

/** Another value each time. */
const UNSTEADY = new Set(['$rand', '$sample']);

/** Every text within, and every name of a field; what `$literal` holds is neither read nor run. */
function* wordsOf(given: unknown): Generator<string> {
  if (typeof given === 'string') yield given;
  if (Array.isArray(given)) for (const part of given as unknown[]) yield* wordsOf(part);
  if (!isDocument(given)) return;
  for (const [name, part] of Object.entries(given)) {
    yield name;
    if (name !== '$literal') yield* wordsOf(part);
  }
}

/** The variables that stages or an expression read; null where they answer otherwise each time. */
function variablesOf(given: unknown): ReadonlySet<string> | null {
  const names = new Set<string>();
  for (const word of wordsOf(given)) {
    if (UNSTEADY.has(word)) return null;
    if (word.startsWith('$$')) names.add(word.slice(2).split('.')[0] ?? '');
  }
  return names;
}

/** Whether these stages or expressions, run again with other values of these variables, may answer otherwise. */
export function variesWith(given: unknown, names: readonly string[]): boolean {
  const read = variablesOf(given);
  return read === null || names.some((name) => read.has(name));
}

/** The value of an expression that reads no document; null where it reads one, or has none. */
export function constantIn(
  expression: unknown,
  surroundings: Surroundings,
): { readonly value: unknown } | null {
  if (expressionUse(expression)?.size !== 0) return null;
  const read = variablesOf(expression);
  if (read === null || ![...read].every((name) => Object.hasOwn(surroundings.variables, name))) return null;
  try {
    return { value: evaluate(expression, surroundings) };
  } catch (error) {
    if (error instanceof CommandError) return null;
    throw error;
  }
}
