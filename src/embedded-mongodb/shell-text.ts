import type { ObjectId, Timestamp } from 'bson';
import { Binary, Decimal128 } from 'bson';
import { plainName } from './field-names.ts';
import { isDocument, plainNumber, regexParts, RANK, typeRank } from './values.ts';

/** A value as MongoDB's messages print it: `{ a: 1, b: "x" }`. */
export function shellText(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[ ${value.map(shellText).join(', ')} ]`;
  if (isDocument(value)) {
    const fields = Object.entries(value).map(([name, field]) => `${plainName(name)}: ${shellText(field)}`);
    return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
  }
  return scalarText(value);
}

function scalarText(value: unknown): string {
  switch (typeRank(value)) {
    case RANK.string:
      return JSON.stringify(String(value));
    case RANK.number:
      return numberText(value);
    case RANK.boolean:
      return value === true ? 'true' : 'false';
    case RANK.date:
      return `new Date(${(value as Date).getTime()})`;
    case RANK.objectId:
      return `ObjectId('${(value as ObjectId).toHexString()}')`;
    case RANK.binary:
      return value instanceof Binary
        ? `BinData(${value.sub_type}, ${value.toString('hex').toUpperCase()})`
        : 'BinData';
    case RANK.regex: {
      const { pattern, options } = regexParts(value);
      return `/${pattern}/${options}`;
    }
    case RANK.timestamp:
      return `Timestamp(${(value as Timestamp).getHighBitsUnsigned()}, ${(value as Timestamp).getLowBitsUnsigned()})`;
    case RANK.minKey:
      return 'MinKey';
    case RANK.maxKey:
      return 'MaxKey';
    default:
      return 'null';
  }
}

function numberText(value: unknown): string {
  if (value instanceof Decimal128) return `Decimal128('${value.toString()}')`;
  const number = plainNumber(value);
  if (typeof number === 'number' && typeof value === 'object' && Number.isInteger(number)) {
    return (value as { readonly _bsontype?: string })._bsontype === 'Double' ? `${number}.0` : String(number);
  }
  return String(number);
}
