import { validOn } from '../../platform/clock.ts';
import { groupCode } from '../../domain/batch-code/batch-code.ts';
import { formatDate, formatDay, formatDelay, formatInstant, formatNumber } from '../../platform/format.ts';
import { inLanguage, speak, type Language, type Spoken } from '../../platform/i18n.ts';
import type { Quantity } from '../../domain/quantity/quantity.ts';
import type { PageFrame } from '../../platform/page-frame.ts';
import type { CodeBoxModel, FactModel, PhotoModel } from '../../platform/view-parts.ts';
import {
  currentContent,
  originalContent,
  type Batch,
  type BatchEvent,
  type EventContent,
} from '../batches/contract.ts';
import { certificateItem, type Certificate } from '../certificates/contract.ts';
import { aboutCooperative, cooperativeName } from '../organizations/contract.ts';
import { ocopBadge, tierName, type Product, type ProductPhoto } from '../products/contract.ts';
import { tracePageStrings } from './page-strings.ts';
import { verdictTitle } from './verdict-title.ts';
import { LATE_AFTER_MS, judgedAtEvents } from './rules.ts';
import { traceStrings } from './strings.ts';
import {
  VERDICT_SHAPES,
  type CertificateModel,
  type TimelineItemModel,
  type TracePageModel,
  type TraceSubjectModel,
} from './view-model.ts';
import type { Source, Trace, TraceSubject } from './service.ts';

/** What the page asks of code lists, drawings and pictures. */
export type TracePageDeps = {
  readonly publicUrl: string;
  /** Who reads reports where neither union nor cooperative has an address. */
  readonly reportEmail?: string | undefined;
  /** `YYYY-MM-DD` in Vietnam. */
  readonly today: string;
  stepName(code: string, language: Language): string;
  categoryName(code: string, language: Language): string;
  keyProductName(code: string, language: Language): string;
  province(code: string): { readonly name: string; readonly nameEn: string; readonly slug: string } | null;
  communeName(code: string): string | null;
  map(provinceCode: string, language: Language): string;
  illustration(category: string): string;
  photo(photo: ProductPhoto, alt: string): PhotoModel;
  eventPhoto(id: string, alt: string): PhotoModel & { readonly href: string };
  formatQuantity(quantity: Quantity, language: Language): string;
  /** What one pack of a batch is called at the beginning of a line: “Hộp”. */
  packName(product: Product, batch: Batch, language: Language): string;
  /** Whether a batch is weighed or measured, and packed from that; else it is counted. */
  isBulk(batch: Batch): boolean;
};

type Words = Spoken<typeof tracePageStrings>;
type Making = TracePageDeps & { readonly language: Language; readonly words: Words };

function originalFacts(content: EventContent, { words, language, ...making }: Making): FactModel[] {
  const facts: (FactModel | null)[] = [
    { label: words.originalStep, value: making.stepName(content.step, language) },
    { label: words.originalTime, value: formatInstant(content.occurredAt) },
    content.place === undefined ? null : { label: words.originalPlace, value: content.place.name },
    content.quantity === undefined
      ? null
      : { label: words.originalQuantity, value: making.formatQuantity(content.quantity, language) },
    content.note === undefined
      ? null
      : { label: words.originalNote, value: inLanguage(content.note, language) },
  ];
  return facts.filter((fact) => fact !== null);
}

function timelineItem(event: BatchEvent, making: Making): TimelineItemModel {
  const { words, language } = making;
  const current = currentContent(event);
  const shown = current ?? originalContent(event);
  const title = making.stepName(shown.step, language);
  const delayMs = event.recordedAt.getTime() - shown.occurredAt.getTime();
  const last = event.corrections.at(-1);
  const correctionText =
    last === undefined
      ? null
      : { date: formatDay(last.recordedAt), reason: inLanguage(last.reason, language) };
  return {
    title,
    occurredAt: shown.occurredAt.toISOString(),
    dateText: formatDay(shown.occurredAt),
    place: shown.place?.name ?? null,
    by: null,
    written:
      delayMs < 60_000
        ? null
        : {
            text: words.writtenAfter({ delay: formatDelay(delayMs, language) }),
            late: delayMs > LATE_AFTER_MS,
          },
    quantity: shown.quantity === undefined ? null : making.formatQuantity(shown.quantity, language),
    note: shown.note === undefined ? null : inLanguage(shown.note, language),
    photos: shown.photos.map((id) => making.eventPhoto(id, words.photo({ step: title }))),
    correction:
      correctionText === null
        ? null
        : {
            text: current === null ? words.withdrawn(correctionText) : words.corrected(correctionText),
            original: originalFacts(originalContent(event), making),
          },
    proofHref: null,
  };
}

/** How a certificate stood when the work was done; on the production date where nothing was recorded. */
function standing(certificate: Certificate, { events, batch }: TraceSubject, making: Making): string {
  const { words, language } = making;
  const judged = judgedAtEvents(certificate, events);
  const [first] = judged;
  const last = judged.at(-1);
  if (first === undefined || last === undefined) {
    const date = formatDate(batch.producedOn);
    return validOn(certificate, batch.producedOn)
      ? words.validAtProduction({ date })
      : words.invalidAtProduction({ date });
  }
  const steps = judged
    .filter(({ valid }) => !valid)
    .map(({ content, date }) =>
      words.stepOn({ step: making.stepName(content.step, language), date: formatDate(date) }),
    );
  return steps.length > 0
    ? words.invalidAtEvents({ steps: steps.join(', ') })
    : words.validAtEvents({ from: formatDate(first.date), until: formatDate(last.date) });
}

function certificateModel(certificate: Certificate, subject: TraceSubject, making: Making): CertificateModel {
  return {
    ...certificateItem(certificate, making.today, making.language),
    atEvent: standing(certificate, subject, making),
  };
}

function productFacts({ product, batch }: TraceSubject, making: Making): FactModel[] {
  const { words, language } = making;
  const text = (value: Product['ingredients']) => (value === undefined ? null : inLanguage(value, language));
  const boughtIn = batch.boughtIn.map(({ name, quantity }) =>
    words.boughtIn({ name: inLanguage(name, language), quantity: making.formatQuantity(quantity, language) }),
  );
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    [words.category, making.categoryName(product.category, language)],
    [
      words.keyProduct,
      product.nationalKeyProduct === undefined
        ? null
        : making.keyProductName(product.nationalKeyProduct, language),
    ],
    [words.brand, product.brand],
    [words.producedOn, formatDate(batch.producedOn)],
    [words.expiresOn, batch.expiresOn === undefined ? null : formatDate(batch.expiresOn)],
    [
      words.netContent,
      product.netContent === undefined ? null : making.formatQuantity(product.netContent, language),
    ],
    [words.madeFrom, boughtIn.length === 0 ? null : boughtIn.join('; ')],
    [words.ingredients, text(product.ingredients)],
    [words.usage, text(product.usage)],
    [words.storage, text(product.storage)],
    [words.warnings, text(product.warnings)],
    [words.standards, product.standards.length === 0 ? null : product.standards.join(', ')],
    [words.gtin, product.gtin],
  ];
  return facts.flatMap(([label, value]) =>
    value === null || value === undefined ? [] : [{ label, value, isWhole: label === words.gtin }],
  );
}

function contactModel(
  { cooperative, union }: TraceSubject,
  trace: Trace,
  making: Making,
): TraceSubjectModel['contact'] {
  const t = speak(traceStrings, making.language);
  const url = `${making.publicUrl}/${trace.code}`;
  const subject = encodeURIComponent(making.words.reportSubject({ code: groupCode(trace.code) }));
  const { phone, email } = cooperative;
  // An odd label is the union's business first: whoever copied it may sit close to the cooperative.
  const reportTo = union?.email ?? email ?? making.reportEmail;
  return {
    phone: phone === undefined ? null : { label: t.call, href: `tel:${phone.replace(/[^+\d]/g, '')}` },
    email: email === undefined ? null : { label: t.write, href: `mailto:${email}` },
    report:
      reportTo === undefined ? null : { label: t.report, href: `mailto:${reportTo}?subject=${subject}` },
    zalo: { label: t.shareZalo, href: `https://zalo.me/share?url=${encodeURIComponent(url)}` },
  };
}

function subjectModel(subject: TraceSubject, trace: Trace, making: Making): TraceSubjectModel {
  const { words, language } = making;
  const { product, cooperative, batch } = subject;
  const province = making.province(cooperative.provinceCode);
  const name = inLanguage(product.name, language);
  const lot = words.lot({ lot: batch.lotNumber });
  const [cover] = product.photos;
  return {
    product: {
      name,
      href: `/products/${product.slug}`,
      picture: {
        photo: cover === undefined ? null : making.photo(cover, name),
        drawing: making.illustration(product.category),
      },
      tier: tierName(product.tier, language),
      ocop: ocopBadge(product, making),
      lotLine:
        batch.expiresOn === undefined
          ? lot
          : `${lot}, ${words.expiry({ date: formatDate(batch.expiresOn) })}`,
      packLine: packLine(trace, subject, making),
    },
    cooperative: {
      name: cooperativeName(cooperative, language),
      href: `/cooperatives/${cooperative.slug}`,
      about: aboutCooperative(cooperative, language),
    },
    province: {
      name: (language === 'en' ? province?.nameEn : province?.name) ?? cooperative.provinceCode,
      href: `/provinces/${province?.slug ?? ''}`,
      commune: cooperative.communeCode === undefined ? null : making.communeName(cooperative.communeCode),
      map: making.map(cooperative.provinceCode, language),
    },
    recall: null,
    timeline: inOrder(subject.events).map((event) => timelineItem(event, making)),
    related: relatedBatches(subject, making),
    certificates: subject.certificates.map((certificate) => certificateModel(certificate, subject, making)),
    knows: knowsModel(trace, subject, making),
    proof: null,
    facts: productFacts(subject, making),
    contact: contactModel(subject, trace, making),
  };
}

/** “Hộp 812 trong 2.400, đóng từ 600 kg”: null of a batch's code. */
function packLine(
  { unit }: Trace,
  { product, batch }: TraceSubject,
  { words, language, ...making }: Making,
): string | null {
  if (unit === null) return null;
  const said = words.pack({
    name: making.packName(product, batch, language),
    number: formatNumber(unit.packNumber, language),
    of: formatNumber(unit.packs, language),
  });
  if (!making.isBulk(batch)) return said;
  const amount = making.formatQuantity(batch.quantity, language).replaceAll(' ', '\u00A0');
  return `${said}, ${words.packedFrom({ amount })}`;
}

/** Everything that the law asks and the record lacks, each named once. */
function missingNames(completeness: TraceSubject['completeness'], language: Language): readonly string[] {
  const measures = [completeness.circular02, completeness.passport, completeness.label];
  return [...new Set(measures.flatMap(({ missing }) => missing.map((item) => item.name[language])))];
}

function relatedBatches(
  { sources, uses }: TraceSubject,
  { words, language }: Making,
): TraceSubjectModel['related'] {
  const links = (batches: readonly Source[]) =>
    batches.map(({ batch, product }) => ({
      label: words.otherBatch({ product: inLanguage(product.name, language), lot: batch.lotNumber }),
      href: `/${batch.code}`,
    }));
  return [
    { title: words.sourcesTitle, links: links(sources) },
    { title: words.usesTitle, links: links(uses) },
  ].filter(({ links: some }) => some.length > 0);
}

/** How much of what the law asks this record holds. */
function knowsModel(
  trace: Trace,
  { batch, completeness }: TraceSubject,
  making: Making,
): TraceSubjectModel['knows'] {
  const { words, language } = making;
  const { met, of } = completeness.circular02;
  return {
    level:
      trace.unit === null
        ? words.level({
            lot: batch.lotNumber,
            quantity: making.formatQuantity(batch.quantity, language),
            packs: batch.packs === null ? null : formatNumber(batch.packs, language),
          })
        : words.unitLevel({ lot: batch.lotNumber }),
    summary: words.summary({ met, of }),
    bar: {
      label: words.summary({ met, of }),
      donePercent: Math.round((100 * met) / of),
      partPercent: null,
    },
    others: [words.passportCount(completeness.passport), words.labelCount(completeness.label)],
    missing: missingNames(completeness, language),
  };
}

/** By when it happened, as corrected; what was told at the same time stays in the order of telling. */
function inOrder(events: readonly BatchEvent[]): readonly BatchEvent[] {
  const at = (event: BatchEvent) => (currentContent(event) ?? originalContent(event)).occurredAt.getTime();
  return [...events].sort((a, b) => at(a) - at(b) || a.sequence - b.sequence);
}

function stampModel(trace: Trace, language: Language): TracePageModel['stamp'] {
  const t = speak(traceStrings, language);
  const title = verdictTitle(trace.verdict, language);
  const expiresOn = trace.subject?.batch.expiresOn;
  const sentence =
    trace.verdict === 'expired' && expiresOn !== undefined
      ? t.expiredSentence({ date: formatDate(expiresOn) })
      : trace.verdict === 'unknown'
        ? t.unknownSentence
        : trace.reasons.map((reason) => reason.text[language]).join(' ');
  return {
    kind: trace.verdict,
    shape: VERDICT_SHAPES[trace.verdict],
    title,
    sentence,
    scanLine: null,
    codeText: groupCode(trace.code),
  };
}

/** What a page about a code is called in a browser's tab and a messenger's preview. */
export function traceTitle(
  trace: Trace,
  language: Language,
  deps: TracePageDeps,
): { title: string; description?: string } {
  const t = speak(traceStrings, language);
  if (trace.subject === null) return { title: t.unknownTitle };
  const { product, cooperative } = trace.subject;
  const name = inLanguage(product.name, language);
  const province = deps.province(cooperative.provinceCode);
  return {
    title: name,
    description: speak(tracePageStrings, language).descriptionOf({
      product: name,
      cooperative: cooperative.name,
      province: (language === 'en' ? province?.nameEn : province?.name) ?? '',
    }),
  };
}

/** The trace page; `box` is offered where the code is unknown. */
export function tracePage(
  trace: Trace,
  frame: PageFrame,
  { box, ...deps }: TracePageDeps & { box: CodeBoxModel },
): TracePageModel {
  const { language } = frame;
  const making: Making = { ...deps, language, words: speak(tracePageStrings, language) };
  return {
    page: frame,
    t: speak(traceStrings, language),
    stamp: stampModel(trace, language),
    subject: trace.subject === null ? null : subjectModel(trace.subject, trace, making),
    codeBox: trace.subject === null ? box : null,
    shareUrl: `${deps.publicUrl}/${trace.code}`,
    scanHref: null,
  };
}
