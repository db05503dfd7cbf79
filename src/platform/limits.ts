/** Every bound on what a request may bring, in one place; docs/operations.md lists them with their answers. */

/** The largest JSON body: the longest list that the API takes (1,000 codes) with room to spare. → 413 */
export const JSON_MAX_BYTES = 256 * 1024;

/** The deepest JSON: twice what any request has. → 400 */
export const JSON_DEPTH_MAX = 16;

/** The largest form without a file. → 413 */
export const FORM_MAX_BYTES = 256 * 1024;

/** The most fields in a form: 200 ticked boxes and what stands around them. → 413 */
export const FORM_FIELDS_MAX = 300;

/** The largest single field of a form that carries a file. → 413 */
export const FORM_FIELD_MAX_BYTES = 64 * 1024;

/** The largest uploaded file: a photo from a current phone. → 413 */
export const FILE_MAX_BYTES = 12 * 1024 * 1024;

/** The most pixels in a picture that is decoded: beyond it a small file could fill the memory. → 422 */
export const PICTURE_MAX_PIXELS = 60_000_000;

/** How long a request may take to arrive, headers and body. → the connection is closed */
export const REQUEST_TIMEOUT_MS = 120_000;
export const HEADERS_TIMEOUT_MS = 20_000;

/**
 * How many codes that lead nowhere one network may ask for, in each process: so many at once, then so many a second.
 * A whole delivery of another system's labels passes, and a mobile operator's customers who share an address. → 429
 */
export const CODE_MISSES_PER_CLIENT = { atOnce: 25_000, perSecond: 10 } as const;

/**
 * The same of everybody together, in equal shares of a machine's processes: at a thousand guesses a second one unit
 * code is hit in some 500 years. → 429
 */
export const CODE_MISSES_OF_ALL = { atOnce: 100_000, perSecond: 1_000 } as const;

/** More codes a minute that lead nowhere, in the same shares, are an attack: a warning in the log, and a metric. */
export const CODE_MISSES_ALARM_PER_MINUTE = 600;

/** How long a stop waits for what is under way. */
export const STOP_GRACE_MS = 8_000;
