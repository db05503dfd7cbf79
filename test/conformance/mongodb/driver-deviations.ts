/**
 * Tests that say something about a driver in which Node's own differs, whatever the server: no server can make
 * them pass through it. Each was read in the source of the driver that is installed.
 */
const DEVIATIONS: readonly { readonly file: string; readonly test: RegExp; readonly reason: string }[] = [
  {
    file: 'crud/unified/bypassDocumentValidation.json',
    test: /bypassDocumentValidation: false/,
    reason: 'the driver leaves out bypassDocumentValidation where it is false',
  },
  {
    file: 'gridfs/download.json',
    test: /^download when final chunk is missing$/,
    reason: 'the driver ends the stream without asking whether chunks are missing at its end',
  },
  {
    file: 'read-write-concern/operation/default-write-concern-3.4.json',
    test: /^MapReduce/,
    reason: 'the driver has no mapReduce since its version 5',
  },
];

/** Why the driver cannot pass a test, or null. */
export function driverReason(file: string, description: string): string | null {
  const found = DEVIATIONS.find((known) => known.file === file && known.test.test(description));
  return found?.reason ?? null;
}
