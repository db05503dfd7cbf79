import mongoose from 'mongoose';

const NOT_ATOMIC =
  'FerretDB 1 does not compare and set: of updates at the same moment that match once, several succeed';
const NO_KEY_PATTERN = 'FerretDB 1 does not say which unique index refused a record';

/**
 * What FerretDB 1.24, which some use in place of MongoDB, does in another way: the beginning of the test's full
 * title → the reason. docs/operations.md tells operators the same. A real MongoDB runs every test.
 */
const GAPS: Readonly<Record<string, string>> = {
  'batches refuses a lot number that the product has': NO_KEY_PATTERN,
  'batches never gives out more of a batch than there is': NOT_ATOMIC,
  'who may do what POST /api/v1/unions answers': NO_KEY_PATTERN,
};

let answer: Promise<boolean> | undefined;

async function askServer(uri: string): Promise<boolean> {
  const connection = await mongoose.createConnection(uri).asPromise();
  try {
    const info = await connection.db?.admin().command({ buildInfo: 1 });
    return info?.['ferretdbVersion'] !== undefined;
  } finally {
    await connection.close();
  }
}

/** Why a test cannot pass on the server under test, or null. */
export async function gapOfServer(fullTitle: string): Promise<string | null> {
  const uri = process.env['MONGODB_URI'];
  if (uri === undefined || uri === '') return null;
  answer ??= askServer(uri);
  if (!(await answer)) return null;
  return Object.entries(GAPS).find(([title]) => fullTitle.startsWith(title))?.[1] ?? null;
}
