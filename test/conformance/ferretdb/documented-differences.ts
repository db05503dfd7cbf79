import type { Document } from 'mongodb';
import { BSON, Double } from 'mongodb';

/** A question that the two servers answer differently. */
export type Disagreement = {
  readonly subject: Document;
  /** The stored documents whose part in the two answers differs. */
  readonly differing: readonly Document[];
  /** The answers do not show which: a count or an order differs, or one is a failure. `differing` is all that are stored. */
  readonly isAny?: boolean;
};

/**
 * Where FerretDB 1.24 answers otherwise than MongoDB documents. Every question is put to both; only a disagreement is
 * looked up here, and an entry explains it only by the very documents that differ.
 */
export type Difference = {
  /** What MongoDB does. */
  readonly what: string;
  /** Where that is written, or tested by MongoDB itself. */
  readonly source: string;
  readonly explains: (disagreement: Disagreement) => boolean;
  /** The smallest one. */
  readonly example: Disagreement;
};

const MANUAL = 'https://www.mongodb.com/docs/manual';
const SERVER = 'https://github.com/mongodb/mongo/blob/v7.0';

function isObject(value: unknown): value is Document {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

const text = (value: unknown): string => BSON.EJSON.stringify(value, { relaxed: false });

type Clause = { readonly path: string; readonly condition: unknown };

function clausesOf(filter: Document): Clause[] {
  return Object.entries(filter).flatMap(([path, condition]) =>
    path.startsWith('$') && Array.isArray(condition)
      ? condition.flatMap((part) => clausesOf(part as Document))
      : [{ path, condition: condition as unknown }],
  );
}

/** The filter of a question; a pipeline's is that of its first stage. */
function filterOf(subject: Document): Document {
  const stages = subject['pipeline'] as Document[] | undefined;
  return (subject['find'] ?? subject['filter'] ?? stages?.[0]?.['$match'] ?? {}) as Document;
}

/** Some clause of the filter is at fault in each of the documents. */
const byClause =
  (isAtFault: (clause: Clause, document: Document) => boolean) =>
  ({ subject, differing, isAny }: Disagreement): boolean => {
    const clauses = clausesOf(filterOf(subject));
    const isExplained = (document: Document) => clauses.some((clause) => isAtFault(clause, document));
    return isAny === true ? differing.some(isExplained) : differing.every(isExplained);
  };

/** The path and the operand of an update by one operator. */
function changeOf(subject: Document, operator: string): [path?: string, operand?: unknown] {
  const fields: unknown = (subject['update'] as Document | undefined)?.[operator];
  return isObject(fields) ? (Object.entries(fields)[0] ?? []) : [];
}

const valueAt = (document: Document, path: string): unknown =>
  path.split('.').reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), document);

const listAt = (document: Document, path: string): readonly unknown[] | null => {
  const value: unknown = document[path.split('.')[0] ?? ''];
  return Array.isArray(value) ? value : null;
};

const hasScalar = (list: readonly unknown[]): boolean => list.length === 0 || !list.every(isObject);

/** The operators of a condition, those inside `$not` too. */
function operatorsOf(condition: unknown): Document {
  if (!isObject(condition)) return {};
  const inside: unknown = condition['$not'];
  return isObject(inside) ? { ...condition, ...inside } : condition;
}

/** What a condition asks to be equal, or not to be. */
function equated(condition: unknown): unknown[] {
  const { $eq, $ne } = operatorsOf(condition);
  const isPlain = !isObject(condition) || !Object.keys(condition).some((name) => name.startsWith('$'));
  return isPlain ? [condition] : [$eq, $ne];
}

const isLarge = (value: unknown): boolean => isObject(value) || Array.isArray(value);

export const DIFFERENCES: readonly Difference[] = [
  {
    what: '$set of a path makes documents on the way, not a field with a dot in its name',
    source: `${MANUAL}/reference/operator/aggregation/addFields/#adding-fields-to-an-embedded-document`,
    explains: ({ subject }) => /"\$set":\{"\w\.\w"/.test(text(subject['pipeline'] ?? '')),
    example: { subject: { pipeline: [{ $set: { 'a.x': 1 } }] }, differing: [{}] },
  },
  {
    what: '$unwind keeps the other fields of a document whose list it takes apart',
    source: `${MANUAL}/reference/operator/aggregation/unwind/#behaviors`,
    explains({ subject, differing }) {
      const path = /"\$unwind":"\$(\w)"/.exec(text(subject['pipeline'] ?? ''))?.[1] ?? '';
      return differing.every((document) => Array.isArray(document[path]) && Object.keys(document).length > 2);
    },
    example: { subject: { pipeline: [{ $unwind: '$a' }] }, differing: [{ _id: 0, a: [1], b: 1 }] },
  },
  {
    what: 'a scalar in a list has no field, so that its field is not null either',
    source: `${SERVER}/jstests/core/null2.js`,
    explains: byClause(({ path, condition }, document) => {
      const list = path.includes('.') ? listAt(document, path) : null;
      return list !== null && hasScalar(list) && /null/.test(text(condition));
    }),
    example: { subject: { find: { 'a.x': null } }, differing: [{ a: [1] }] },
  },
  {
    what: 'a number in a path is a place in a list and a name in its documents, both at once',
    source: `${SERVER}/jstests/core/find6.js and ${MANUAL}/core/document/#dot-notation`,
    explains: byClause(
      ({ path }, document) => /\.\d/.test(path) && (listAt(document, path) ?? []).some(isObject),
    ),
    example: { subject: { find: { 'a.0': null } }, differing: [{ a: [{}] }] },
  },
  {
    what: 'a field must meet every operator that stands beside $ne of a document or a list',
    source: `${MANUAL}/reference/operator/query/ne/`,
    explains: byClause(({ condition }) => {
      const operators = operatorsOf(condition);
      return isLarge(operators['$ne']) && Object.keys(operators).length > 1;
    }),
    example: { subject: { find: { a: { $ne: {}, $exists: true } } }, differing: [{}] },
  },
  {
    what: 'a path through a list sorts by the least of its values, or by the greatest',
    source: `${MANUAL}/reference/bson-type-comparison-order/#arrays`,
    explains({ subject, differing }) {
      const stages = subject['pipeline'] as Document[] | undefined;
      const sort = (subject['sort'] ?? stages?.[1]?.['$sort'] ?? {}) as Document;
      return Object.keys(sort).some(
        (path) => path.includes('.') && differing.some((document) => listAt(document, path) !== null),
      );
    },
    example: { subject: { sort: { 'a.x': -1 } }, differing: [{ a: [null, { x: 1 }] }], isAny: true },
  },
  {
    what: 'a projection keeps the order of the document',
    source: 'https://jira.mongodb.org/browse/SERVER-70234',
    explains({ subject }) {
      const stages = subject['pipeline'] as Document[] | undefined;
      const projection = (subject['projection'] ?? stages?.[1]?.['$project'] ?? {}) as Document;
      const included = Object.keys(projection).filter((path) => projection[path] === true);
      return included.length > 1 && included.some((path) => path.includes('.'));
    },
    example: { subject: { projection: { b: true, 'a.x': true } }, differing: [{ a: { x: 1 }, b: 1 }] },
  },
  {
    what: 'a document equals an element of a list',
    source: `${MANUAL}/tutorial/query-array-of-documents/#query-for-a-document-nested-in-an-array`,
    explains: byClause(
      ({ path, condition }, document) =>
        equated(condition).some(isObject) && (listAt(document, path) ?? []).some(isObject),
    ),
    example: { subject: { find: { a: {} } }, differing: [{ a: [{}] }] },
  },
  {
    what: '$elemMatch asks each element, not the list, what it is not and which type and size it has',
    source: `${MANUAL}/reference/operator/query/elemMatch/`,
    explains: byClause(({ path, condition }, document) => {
      const inside: unknown = isObject(condition) ? condition['$elemMatch'] : undefined;
      const isAsked = /"\$(size|type|exists|all|ne|nin|not)"/.test(text(inside ?? null));
      return isAsked && listAt(document, path) !== null;
    }),
    example: { subject: { find: { a: { $elemMatch: { $size: 0 } } } }, differing: [{ a: [] }] },
  },
  {
    what: '$mul of a field that is not there is nought times the factor, with its sign',
    source: `${SERVER}/src/mongo/db/update/arithmetic_node.cpp, ArithmeticNode::setValueForNewElement`,
    explains({ subject, differing }) {
      const [path = '', factor] = changeOf(subject, '$mul');
      const isBelow = factor instanceof Double && factor.value < 0;
      return isBelow && differing.every((document) => valueAt(document, path) === undefined);
    },
    example: { subject: { update: { $mul: { 'a.x': new Double(-2) } } }, differing: [{ a: {} }] },
  },
  {
    what: '$push of no elements makes a list where there is none',
    source: `${SERVER}/src/mongo/db/update/push_node_test.cpp, ApplyEmptyEachToEmptyDocument`,
    explains: ({ subject }) => /"\$push":\{"[^"]+":\{"\$each":\[\]/.test(text(subject['update'] ?? '')),
    example: { subject: { update: { $push: { a: { $each: [] } } } }, differing: [{}] },
  },
  {
    what: 'a stored regular expression is found by the same one',
    source: `${SERVER}/src/mongo/db/matcher/expression_leaf.cpp, RegexMatchExpression::matchesSingleElement`,
    explains: byClause(
      ({ path, condition }, document) =>
        /\$reg(ex|ularExpression)"/.test(text(condition)) &&
        /regularExpression/.test(text(document[path.split('.')[0] ?? ''] ?? null)),
    ),
    example: {
      subject: { find: { a: { $regex: '^a' } } },
      differing: [{ a: new BSON.BSONRegExp('^a') }],
    },
  },
  {
    what: '$unset of an element of a list leaves null in its place',
    source: `${MANUAL}/reference/operator/update/unset/#behavior`,
    explains({ subject, differing }) {
      const unset = ((subject['update'] ?? {}) as Document)['$unset'] as Document | undefined;
      const path = Object.keys(unset ?? {})[0] ?? '';
      return /\.\d$/.test(path) && differing.every((document) => listAt(document, path) !== null);
    },
    example: { subject: { update: { $unset: { 'a.0': '' } } }, differing: [{ a: [1] }] },
  },
];

/** Of some documents only: where one differs, another takes or loses its place. */
const isCut = (subject: Document): boolean => /"\$(limit|skip)"/.test(text(subject['pipeline'] ?? ''));

/** Each document that differs does so as documented; one in this way, another in that. */
export function isExplained({ subject, differing, isAny }: Disagreement): boolean {
  const isKnown = (some: Disagreement) => DIFFERENCES.some((one) => one.explains(some));
  if (isAny === true || isCut(subject)) return isKnown({ subject, differing, isAny: true });
  return differing.every((document) => isKnown({ subject, differing: [document] }));
}
