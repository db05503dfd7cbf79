import type { ChildProcess } from 'node:child_process';

/** The program where the tests look for it: `$FERRETDB`, `.cache/bin`, the `PATH`; null where there is none. */
export function ferretdbFile(): string | null;
/** How it is told to serve a directory on a port, over SQLite, for nobody but this machine. */
export function ferretdbArguments(directory: string, port: number): readonly string[];
/** Waits until something listens there. @throws Error when the program ends first or takes 20 s */
export function waitForPort(port: number, child: ChildProcess): Promise<void>;
/** Starts it with an empty directory and waits until it listens; `stop` ends it and removes what it wrote. */
export function startFerretdb(file: string): Promise<{ readonly uri: string; stop(): Promise<void> }>;
