/** A file of the repository as a rule reads it. */
export type SourceFile = {
  /** From the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
};

/** One rule of docs/CONTRIBUTING: which files it reads, what it finds wrong in one, and a file that breaks it. */
export type Rule = {
  /** A sentence that goes on from “every file …”. */
  readonly name: string;
  readonly applies: (path: string) => boolean;
  /** What is wrong, each with its line (`12: …`); empty when all is well. */
  readonly find: (file: SourceFile) => readonly string[];
  readonly counterExample: SourceFile;
};

/** The lines of `file` that `pattern` matches and `except` does not, with their numbers. */
export function matchingLines(file: SourceFile, pattern: RegExp, except?: RegExp): readonly string[] {
  return file.text
    .split('\n')
    .flatMap((line, index) =>
      pattern.test(line) && except?.test(line) !== true ? [`${index + 1}: ${line.trim().slice(0, 100)}`] : [],
    );
}

export const isCode = (path: string): boolean => /\.(ts|mjs|cjs)$/.test(path);
export const isSource = (path: string): boolean => path.startsWith('src/') && isCode(path);
export const isView = (path: string): boolean => path.endsWith('.eta');
export const isTest = (path: string): boolean => path.startsWith('test/') && isCode(path);
