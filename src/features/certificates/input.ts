import { z } from 'zod';
import { dateField, idField, line, paragraph } from '../../platform/fields.ts';
import { rule } from '../../platform/validate.ts';

export const CERTIFICATE_PRODUCTS_MAX = 200;

const dateOrder = rule({
  vi: 'Ngày hết hạn phải sau ngày cấp.',
  en: 'The end must come after the day of issue.',
});

export const certificateInput = z
  .strictObject({
    standard: line(120),
    number: line(80),
    issuer: line(200),
    issuedOn: dateField,
    expiresOn: dateField,
    productIds: z.array(idField).max(CERTIFICATE_PRODUCTS_MAX).optional(),
  })
  .refine((certificate) => certificate.expiresOn > certificate.issuedOn, {
    ...dateOrder,
    path: ['expiresOn'],
  });

export const withdrawalInput = z.strictObject({ reason: paragraph(1_000) });

export type NewCertificate = z.output<typeof certificateInput>;
