/** The kinds of file that may be uploaded. */
export type FileType = 'application/pdf' | 'image/jpeg' | 'image/png' | 'image/webp';

const latin1 = (bytes: Buffer, from: number, to: number): string =>
  bytes.subarray(from, to).toString('latin1');

const SIGNATURES: readonly { readonly type: FileType; readonly matches: (bytes: Buffer) => boolean }[] = [
  { type: 'application/pdf', matches: (bytes) => latin1(bytes, 0, 5) === '%PDF-' },
  { type: 'image/jpeg', matches: (bytes) => bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])) },
  { type: 'image/png', matches: (bytes) => latin1(bytes, 0, 8) === '\x89PNG\r\n\x1a\n' },
  {
    type: 'image/webp',
    matches: (bytes) => latin1(bytes, 0, 4) === 'RIFF' && latin1(bytes, 8, 12) === 'WEBP',
  },
];

/** The type of an uploaded file by what it holds, never by its name; null for anything else. */
export function fileTypeOf(bytes: Buffer): FileType | null {
  return SIGNATURES.find(({ matches }) => matches(bytes))?.type ?? null;
}
