import mongoose from 'mongoose';

const NOT_ATOMIC =
  'FerretDB 1 does not compare and set: of updates at the same moment that match once, several succeed';
const NO_KEY_PATTERN = 'FerretDB 1 does not say which unique index refused a record';
const OWN_EXPLAIN = 'FerretDB 1 explains in its own shape, not in MongoDB’s';
const NO_POSITIONS = 'FerretDB 1 neither changes nor removes the one object of a list that a filter names';

/**
 * What FerretDB 1.24, which some use in place of MongoDB, does in another way: a part of the test's full title →
 * the reason. docs/operations.md tells operators the same. A real MongoDB runs every test.
 */
const GAPS: Readonly<Record<string, string>> = {
  'batches refuses a lot number that the product has': NO_KEY_PATTERN,
  'batches never gives out more of a batch than there is': NOT_ATOMIC,
  'who may do what POST /api/v1/unions answers': NO_KEY_PATTERN,
  'who may do what PATCH /api/v1/organizations/:id/members/:userId answers': NO_POSITIONS,
  'who may do what POST /manage/members/role answers': NO_POSITIONS,
  'certificates of one number exist once': NO_KEY_PATTERN,
  'by an index': OWN_EXPLAIN,
  'the first screen leads a shop’s manager to the staff': NO_POSITIONS,
  'members and invitations takes a person’s rights away at once': NO_POSITIONS,
  'accounts lets one of many who use a refresh token at once have it': NOT_ATOMIC,
  'labels numbers runs upwards over all batches': NO_KEY_PATTERN,
  'labels prints no more labels than packs without a reason': NO_KEY_PATTERN,
  'the cap of labels by packs, with several processes': NOT_ATOMIC,
  'reprints are numbered upwards without a gap': NO_KEY_PATTERN,
  'pictures of products are eight at most': NOT_ATOMIC,
  'products gives a barcode number of open trade to one product': NO_KEY_PATTERN,
  'products lets two cooperatives use the same number': NO_KEY_PATTERN,
  'products changed loses nothing when many change different fields at once': NOT_ATOMIC,
  'the pages of joining keeps what was typed': NO_KEY_PATTERN,
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
  return Object.entries(GAPS).find(([title]) => fullTitle.includes(title))?.[1] ?? null;
}
