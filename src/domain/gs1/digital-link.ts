/** What a label's Digital Link names: a product, its lot, and for a pack with a code of its own the serial number. */
export type DigitalLinkKeys = {
  readonly gtin14: string;
  readonly lot: string;
  readonly serial?: string | undefined;
};

// encodeURIComponent leaves these, which the standard wants encoded in a value as well.
const ALSO_ENCODED = /[!'()*]/g;

/** A value of a path, every reserved character percent-encoded. Source: GS1 Digital Link URI Syntax §2.2 (RFC 3986 §2.1) */
const encoded = (value: string): string =>
  encodeURIComponent(value).replace(
    ALSO_ENCODED,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/**
 * The path of a GS1 Digital Link URI: the GTIN as primary key (AI 01), lot (10) and serial number (21) as its
 * qualifiers, in this order. Source: GS1 Digital Link URI Syntax §4.9
 */
export function digitalLinkPath({ gtin14, lot, serial }: DigitalLinkKeys): string {
  const unit = serial === undefined ? '' : `/21/${encoded(serial)}`;
  return `/01/${gtin14}/10/${encoded(lot)}${unit}`;
}
