import { z } from 'zod';
import { TYPED_CODE_MAX_LENGTH } from '../../domain/batch-code/batch-code.ts';

/** How many codes one request may check: a stranger's handful, a shop's delivery. */
export const CODES_MAX = { everyone: 20, retailer: 1_000 } as const;

/** The largest file of a list: a thousand rows of a spreadsheet with a thousand characters each. */
export const LIST_FILE_MAX_BYTES = 1024 * 1024;

/** The codes of one request, as typed or scanned; `most` by who asks. */
export const verificationInput = (most: number) =>
  z.strictObject({ codes: z.array(z.string().max(TYPED_CODE_MAX_LENGTH)).min(1).max(most) });
