import { inLanguage, type Language } from '../../platform/i18n.ts';
import { currentContent, originalContent, type BatchEvent, type EventContent } from '../batches/contract.ts';
import { validOn } from '../../platform/clock.ts';
import { judgedAtEvents } from './rules.ts';
import type { Judgement } from './rules.ts';
import type { Source, Trace, TraceSubject, Verification } from './service.ts';

export type TraceAnswerDeps = {
  readonly publicUrl: string;
  readonly today: string;
  readonly language: Language;
  /** Business step of the Core Business Vocabulary; null where it has no word. */
  bizStepOf(step: string): string | null;
  provinceOf(
    code: string,
  ): { readonly code: string; readonly name: string; readonly nameEn: string; readonly slug: string } | null;
};

const reasonsOf = (judgement: Judgement, language: Language) =>
  judgement.reasons.map(({ code, text }) => ({ code, text: text[language] }));

/** Coordinates of fields are the cooperative's own business; the public learns the place's name and province. */
function publicContent(content: EventContent) {
  const { place, occurredAt, quantity, note, photos, step } = content;
  return {
    step,
    occurredAt: occurredAt.toISOString(),
    place: place === undefined ? null : { name: place.name, provinceCode: place.provinceCode ?? null },
    quantity: quantity ?? null,
    note: note ?? null,
    photos: photos.map((id) => `/pictures/${id}-1280.jpg`),
  };
}

function publicEvent(event: BatchEvent, { bizStepOf }: TraceAnswerDeps) {
  const current = currentContent(event);
  return {
    id: event.id,
    ...publicContent(current ?? originalContent(event)),
    bizStep: bizStepOf((current ?? originalContent(event)).step),
    recordedAt: event.recordedAt.toISOString(),
    withdrawn: current === null,
    corrections: event.corrections.map((correction) => ({
      id: correction.id,
      reason: correction.reason,
      recordedAt: correction.recordedAt.toISOString(),
    })),
    original: event.corrections.length === 0 ? null : publicContent(originalContent(event)),
  };
}

function productAnswer({ product }: Pick<TraceSubject, 'product'>, { publicUrl, today }: TraceAnswerDeps) {
  const { id, slug, name, tier, category, nationalKeyProduct, ocop, gtin, brand, netContent, photos } =
    product;
  return {
    id,
    slug,
    url: `${publicUrl}/products/${slug}`,
    name,
    tier,
    category,
    nationalKeyProduct: nationalKeyProduct ?? null,
    ocop: ocop === undefined ? null : { ...ocop, valid: validOn(ocop, today) },
    gtin: gtin ?? null,
    brand: brand ?? null,
    netContent: netContent ?? null,
    photos: photos.map((photo) => `${publicUrl}/pictures/${photo.id}-1280.jpg`),
  };
}

function cooperativeAnswer(
  { cooperative }: Pick<TraceSubject, 'cooperative'>,
  { publicUrl }: TraceAnswerDeps,
) {
  const { id, slug, name, nameEn, provinceCode, address, demo } = cooperative;
  return {
    id,
    slug,
    url: `${publicUrl}/cooperatives/${slug}`,
    name,
    nameEn: nameEn ?? null,
    provinceCode,
    address,
    demo,
  };
}

function batchAnswer({ batch }: Pick<TraceSubject, 'batch'>) {
  const { id, code, lotNumber, quantity, packs, producedOn, expiresOn, status } = batch;
  return { id, code, lotNumber, quantity, packs, producedOn, expiresOn: expiresOn ?? null, status };
}

/** Another batch that this one leads to, backward or forward. */
function linkedBatch({ batch, product }: Source, { publicUrl, language }: TraceAnswerDeps) {
  return {
    code: batch.code,
    traceUrl: `${publicUrl}/${batch.code}`,
    lotNumber: batch.lotNumber,
    product: inLanguage(product.name, language),
  };
}

/** `GET /trace/{code}`: the same for every reader, but for the language of sentences. */
export function traceAnswer(trace: Trace, deps: TraceAnswerDeps) {
  const { subject } = trace;
  const head = {
    code: trace.code,
    kind: trace.kind,
    unit: trace.unit === null ? null : { number: trace.unit.packNumber, of: trace.unit.packs },
    verdict: trace.verdict,
    reasons: reasonsOf(trace, deps.language),
  };
  if (subject === null) {
    return {
      ...head,
      product: null,
      cooperative: null,
      province: null,
      batch: null,
      events: [],
      certificates: [],
      completeness: null,
      recall: null,
      scans: null,
    };
  }
  return {
    ...head,
    product: productAnswer(subject, deps),
    cooperative: cooperativeAnswer(subject, deps),
    province: deps.provinceOf(subject.cooperative.provinceCode),
    batch: {
      ...batchAnswer(subject),
      sources: subject.sources.map((source) => linkedBatch(source, deps)),
      usedIn: subject.uses.map((use) => linkedBatch(use, deps)),
      boughtIn: subject.batch.boughtIn,
    },
    events: subject.events.map((event) => publicEvent(event, deps)),
    certificates: subject.certificates.map((certificate) => ({
      id: certificate.id,
      standard: certificate.standard,
      number: certificate.number,
      issuer: certificate.issuer,
      issuedOn: certificate.issuedOn,
      expiresOn: certificate.expiresOn,
      validToday: validOn(certificate, deps.today),
      validAtProduction: validOn(certificate, subject.batch.producedOn),
      atEvents: judgedAtEvents(certificate, subject.events).map(({ event, date, valid }) => ({
        eventId: event.id,
        date,
        valid,
      })),
    })),
    completeness: publicCompleteness(subject),
    recall: null,
    scans: null,
  };
}

/** The links for mending are the cooperative's; the public learns what is missing. */
function publicCompleteness({ completeness }: TraceSubject) {
  const entries = Object.entries(completeness).map(([key, measure]) => [
    key,
    {
      met: measure.met,
      of: measure.of,
      missing: measure.missing.map(({ code, name }) => ({ code, name })),
    },
  ]);
  return Object.fromEntries(entries) as Record<string, unknown>;
}

/** The verdict on one code of a list, with what the caller may know of it. */
export function verificationAnswer(verification: Verification, deps: TraceAnswerDeps) {
  const { subject } = verification;
  return {
    code: verification.code,
    verdict: verification.verdict,
    reasons: reasonsOf(verification, deps.language),
    ...(subject === null
      ? {}
      : {
          product: productAnswer(subject, deps),
          cooperative: cooperativeAnswer(subject, deps),
          batch: batchAnswer(subject),
        }),
  };
}
