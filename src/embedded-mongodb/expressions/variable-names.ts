import { CommandError } from '../errors.ts';

/** Letters of ASCII, digits, `_` and what is not ASCII, after the first. */
const REST = /^[a-zA-Z0-9_\u0080-\uffff]*$/;

type NameCodes = { readonly empty: number; readonly first: number; readonly rest: number };

function checkName(name: string, first: RegExp, codes: NameCodes): void {
  if (name === '') throw new CommandError(codes.empty, 'empty variable names are not allowed');
  if (!first.test(name)) {
    throw new CommandError(codes.first, `'${name}' starts with an invalid character for a variable name`);
  }
  if (REST.test(name)) return;
  throw new CommandError(codes.rest, `'${name}' contains an invalid character for a variable name`);
}

/**
 * The name of a variable that somebody makes; of MongoDB's own, `CURRENT` alone may be made anew.
 * Source: server, variables.cpp, uassertValidNameForUserWrite. @throws CommandError 16866, 16867, 16868
 */
export function checkOwnName(name: string): void {
  if (name === 'CURRENT') return;
  checkName(name, /^[a-z\u0080-\uffff]/, { empty: 16866, first: 16867, rest: 16868 });
}

/** The name of a variable that is read. Source: as above, uassertValidNameForUserRead. @throws CommandError 16869 to 16871 */
export function checkReadName(name: string): void {
  checkName(name, /^[a-zA-Z\u0080-\uffff]/, { empty: 16869, first: 16870, rest: 16871 });
}
