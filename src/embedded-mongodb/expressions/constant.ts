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

const variableOf = (word: string): string | null =>
  word.startsWith('$$') ? (word.slice(2).split('.')[0] ?? '') : null;

/** Whether these stages or expressions, run again with other values of these variables, may answer otherwise. */
export function variesWith(given: unknown, names: ReadonlySet<string>): boolean {
  for (const word of wordsOf(given)) {
    const variable = variableOf(word);
    if (UNSTEADY.has(word) || (variable !== null && names.has(variable))) return true;
  }
  return false;
}

/** The value of an expression that reads no document; null where it reads one, or has none. */
export function constantIn(
  expression: unknown,
  surroundings: Surroundings,
): { readonly value: unknown } | null {
  if (expressionUse(expression)?.size !== 0) return null;
  for (const word of wordsOf(expression)) {
    const variable = variableOf(word);
    if (UNSTEADY.has(word)) return null;
    if (variable !== null && !Object.hasOwn(surroundings.variables, variable)) return null;
  }
  try {
    return { value: evaluate(expression, surroundings) };
  } catch (error) {
    if (error instanceof CommandError) return null;
    throw error;
  }
}
