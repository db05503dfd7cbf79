import { formatDate } from '../../platform/format.ts';
import { speak, type Language } from '../../platform/i18n.ts';
import type { Product } from '../products/contract.ts';
import { currentContent, type Batch, type BatchEvent } from './contract.ts';
import { expectedStep } from './suggestions.ts';
import type { ChoiceModel, ChoosePageModel } from './view-model.ts';
import { productName, type Around } from './work-page.ts';
import { batchWorkStrings } from './work-strings.ts';

type ChoiceDeps = {
  stepName(code: string, language: Language): string;
};

const choice = (own: Pick<ChoiceModel, 'label' | 'href'> & Partial<ChoiceModel>): ChoiceModel => ({
  detail: '',
  picture: null,
  chip: null,
  main: false,
  ...own,
});

/** Which product a new batch is of. */
export function chooseProduct(
  products: readonly Product[],
  { frame, work }: Around,
  mayAdd: boolean,
): ChoosePageModel {
  const { language } = frame;
  const t = speak(batchWorkStrings, language);
  const add = { label: t.addProduct, href: '/manage/products/new' };
  return {
    page: frame,
    work,
    t,
    title: products.length === 0 ? t.newTitle : t.chooseProduct,
    back: { label: t.back, href: '/manage/batches' },
    choices: products.map((product) =>
      choice({
        label: productName(product, language),
        detail: product.brand ?? '',
        href: `/manage/batches/new?product=${product.id}`,
      }),
    ),
    more: null,
    empty:
      products.length > 0
        ? null
        : { title: t.noProductTitle, sentence: t.noProductSentence, action: mayAdd ? add : null },
  };
}

export type OpenForRecord = {
  readonly batch: Batch;
  readonly product: Product | undefined;
  /** The step that is expected next; null at the end of the chain. */
  readonly next: string | null;
};

/** For which open batch something is recorded. */
export function chooseBatch(
  open: readonly OpenForRecord[],
  { frame, work }: Around,
  { stepName }: ChoiceDeps,
): ChoosePageModel {
  const { language } = frame;
  const t = speak(batchWorkStrings, language);
  return {
    page: frame,
    work,
    t,
    title: t.chooseBatchTitle,
    back: { label: t.back, href: '/manage/batches' },
    choices: open.map(({ batch, product, next }) =>
      choice({
        label: t.cardTitle({ lot: batch.lotNumber, product: productName(product, language) }),
        detail: next === null ? formatDate(batch.producedOn) : t.nextStep({ step: stepName(next, language) }),
        href: `/manage/batches/${batch.id}/record`,
      }),
    ),
    more: null,
    empty:
      open.length > 0
        ? null
        : {
            title: t.noOpen,
            sentence: t.emptySentence,
            action: { label: t.add, href: '/manage/batches/new' },
          },
  };
}

/** Which step is recorded: the product's own chain, the next expected first; all others below. */
export function chooseStep(
  facts: {
    readonly batch: Batch;
    readonly chain: readonly string[];
    readonly all: readonly string[];
    readonly events: readonly BatchEvent[];
  },
  { frame, work }: Around,
  { stepName }: ChoiceDeps,
): ChoosePageModel {
  const { batch, chain, all, events } = facts;
  const { language } = frame;
  const t = speak(batchWorkStrings, language);
  const next = expectedStep(chain, events);
  const done = new Set(events.flatMap((event) => currentContent(event)?.step ?? []));
  const stepChoice = (step: string) =>
    choice({
      label: stepName(step, language),
      href: `/manage/batches/${batch.id}/record?step=${step}`,
      chip:
        step === next
          ? { label: t.expected, tone: 'press' }
          : done.has(step)
            ? { label: t.done, tone: 'good' }
            : null,
      main: step === next,
    });
  const start = next === null ? 0 : chain.indexOf(next);
  const ordered = [...chain.slice(start), ...chain.slice(0, start)];
  const others = all.filter((step) => !chain.includes(step));
  return {
    page: frame,
    work,
    t,
    title: t.chooseStepTitle,
    back: { label: t.backToBatch({ lot: batch.lotNumber }), href: `/manage/batches/${batch.id}` },
    choices: ordered.map(stepChoice),
    more: others.length === 0 ? null : { title: t.otherSteps, choices: others.map(stepChoice) },
    empty: null,
  };
}
