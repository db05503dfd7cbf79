import { z } from 'zod';
import { only } from '../../platform/access.ts';
import { idField } from '../../platform/fields.ts';
import { typedValues } from '../../platform/form.ts';
import { formAnswer, freshForm, isMendable, refusedForm, type FormState } from '../../platform/form-state.ts';
import { formatNumber } from '../../platform/format.ts';
import { inLanguage, speak } from '../../platform/i18n.ts';
import { Problem } from '../../platform/problem.ts';
import {
  html,
  page,
  param,
  redirect,
  type Answer,
  type Context,
  type Route,
} from '../../platform/routing.ts';
import { parse } from '../../platform/validate.ts';
import { ownCooperativeId, type Workplace } from '../../platform/work-frame.ts';
import { ownTemplate, stockFaults } from '../../domain/label/own-stock.ts';
import { perPage } from '../../domain/label/template.ts';
import type { Batches } from '../batches/contract.ts';
import type { Products } from '../products/contract.ts';
import type { Fonts } from './fonts.ts';
import { isBuiltIn } from './contract.ts';
import { layoutIdField, templateIdField } from './input.ts';
import type { LabelLibrary } from './library.ts';
import {
  builtInValues,
  layoutFromForm,
  layoutValues,
  movedOrder,
  newStockValues,
  printerFromForm,
  printerGroups,
  printerValues,
  stockFromForm,
  stockGroups,
  stockValues,
} from './library-form.ts';
import { layoutInput, layoutShape, printerInput, stockInput, stockOf } from './library-input.ts';
import { stockFault } from './library-messages.ts';
import {
  LIBRARY_DEEDS,
  LIBRARY_PATH,
  keptFormPage,
  layoutPage,
  libraryPage,
  type Around,
} from './library-page.ts';
import { layoutStrings, libraryStrings } from './library-strings.ts';
import type { LibraryItem } from './library-store.ts';
import type { LayoutPreviews } from './layout-preview.ts';
import type { LibraryProofModel } from './library-view-model.ts';
import { labelWords } from './preview.ts';
import type { LabelService } from './service.ts';
import { dataUri, labelSvg, paperSvg } from './svg.ts';
import { templateOptions } from './work-form.ts';

export type LibraryWorkDeps = {
  readonly library: LabelLibrary;
  readonly service: LabelService;
  readonly looks: LayoutPreviews;
  readonly fonts: Fonts;
  readonly batches: Batches;
  readonly products: Products;
  readonly workplaceFrame: Workplace;
};

const KEEP = only('clerk', 'manager');
/** A layout is looked at on the sheet that has room for most of it. */
const USUAL_TEMPLATE = 'avery-l7165';
const BATCHES_OFFERED = 30;

const doneQuery = z.object({
  done: z.enum(LIBRARY_DEEDS).nullable().catch(null).default(null),
  item: idField.nullable().catch(null).default(null),
});
const newQuery = z.object({
  from: idField.optional().catch(undefined),
  kind: z.enum(['sheet', 'roll']).catch('sheet').default('sheet'),
});
const deedInput = z.object({ deed: z.enum(['remove', 'restore']) });
const usualInput = z.object({ layout: layoutIdField });

type Body = Readonly<Record<string, unknown>>;
const bodyOf = (body: unknown): Body => (body ?? {}) as Body;

async function around({ workplaceFrame }: LibraryWorkDeps, context: Context, title: string): Promise<Around> {
  return { frame: context.frame({ title }), work: await workplaceFrame.frameFor(context, 'labels') };
}

/** What a problem says when there is one field of it only. */
const said = (problem: Problem, { language }: Context): string =>
  problem.options.detail?.[language] ??
  problem.options.errors?.[0]?.detail[language] ??
  problem.titleIn(language);

function listRoutes(deps: LibraryWorkDeps): readonly Route[] {
  const { library, service } = deps;
  return [
    html.get(LIBRARY_PATH, KEEP, async (request, context) => {
      const cooperativeId = ownCooperativeId(context.actor);
      const { done, item } = doneQuery.parse(request.query);
      const { actor } = context;
      const [layouts, stock, printers] = await Promise.all([
        library.list(cooperativeId, { kind: 'layout' }, actor),
        library.list(cooperativeId, { kind: 'stock' }, actor),
        library.list(cooperativeId, { kind: 'printer' }, actor),
      ]);
      const hidden: readonly LibraryItem[] = (
        await Promise.all(
          (['layout', 'stock', 'printer'] as const).map((kind) =>
            library.list(cooperativeId, { kind, removed: true }, actor),
          ),
        )
      ).flat();
      const usual = (await library.defaultLayout(cooperativeId)) ?? 'trace';
      const isKept = isBuiltIn(usual) || layouts.some(({ id }) => id === usual);
      const making = {
        cooperativeId,
        layouts,
        stock,
        printers,
        hidden,
        standard: service.usableTemplates(),
        usual: isKept ? usual : 'trace',
        done,
        undo: done === 'removed' ? (hidden.find(({ id }) => id === item) ?? null) : null,
      };
      const title = speak(libraryStrings, context.language).listTitle;
      return page('manage/label-library/list', libraryPage(making, await around(deps, context, title)));
    }),
    html.post('/manage/labels/layouts/default', KEEP, async (request, context) => {
      const { layout } = parse(usualInput, { layout: bodyOf(request.body)['layout'] });
      await library.setDefault(ownCooperativeId(context.actor), layout, context.actor);
      return redirect(`${LIBRARY_PATH}?done=usual`);
    }),
    html.post(`${LIBRARY_PATH}/:item`, KEEP, async (request, context) => {
      const { deed } = parse(deedInput, { deed: bodyOf(request.body)['deed'] });
      const [cooperativeId, id] = [ownCooperativeId(context.actor), param(request, 'item')];
      if (deed === 'remove') await library.remove(cooperativeId, id, context.actor);
      else await library.restore(cooperativeId, id, context.actor);
      return redirect(`${LIBRARY_PATH}?done=${deed === 'remove' ? `removed&item=${id}` : 'restored'}`);
    }),
  ];
}

/** The paper as typed, drawn; or why it cannot be. */
function stockProof(state: FormState, context: Context): LibraryProofModel {
  const t = speak(libraryStrings, context.language);
  const typed = stockFromForm({ ...state.values, supersedes: '', name: '-' }, context.language);
  const read = stockInput.safeParse(typed);
  if (!read.success) return { picture: null, refused: null, caption: t.lookLater };
  const stock = stockOf(read.data);
  const [fault] = stockFaults(stock);
  if (fault !== undefined) {
    return { picture: null, refused: stockFault(fault)[context.language], caption: t.look };
  }
  const template = ownTemplate(stock, { id: 'x', name: '-' });
  const count = formatNumber(perPage(template), context.language);
  return {
    picture: { src: dataUri(paperSvg(template)), alt: t.stockPicture({ count }) },
    refused: null,
    caption: t.look,
  };
}

type KeptForm = Omit<Parameters<typeof keptFormPage>[0], 'idempotencyKey'> & { readonly status: number };

/** The form of paper or a printer. */
async function keptForm(deps: LibraryWorkDeps, context: Context, { status, ...form }: KeptForm) {
  const making = { ...form, idempotencyKey: context.operationId };
  const model = keptFormPage(making, await around(deps, context, form.title));
  return page('manage/label-library/form', model, status);
}

function stockRoutes(deps: LibraryWorkDeps): readonly Route[] {
  const { library } = deps;
  const action = '/manage/labels/stock/new';
  async function show(context: Context, state: FormState, status = 200): Promise<Answer> {
    const t = speak(libraryStrings, context.language);
    const isNew = (state.values['supersedes'] ?? '') === '';
    const fresh = state.values['kind'] === 'roll' ? t.newRoll : t.newSheet;
    const title = isNew ? fresh : t.changeStock;
    return keptForm(deps, context, {
      action,
      state,
      title,
      lead: isNew ? t.newLead : t.stockLead,
      groups: stockGroups(state, context.language),
      proof: stockProof(state, context),
      pages: [],
      status,
    });
  }
  return [
    html.get(action, KEEP, async (request, context) => {
      const { from, kind } = newQuery.parse(request.query);
      const cooperativeId = ownCooperativeId(context.actor);
      if (from === undefined) return show(context, freshForm(newStockValues(kind)));
      const item = await library.item(cooperativeId, { kind: 'stock', id: from }, context.actor);
      return show(context, freshForm(stockValues(item, context.language)));
    }),
    html.post(action, KEEP, async (request, context) => {
      const body = bodyOf(request.body);
      if (body['preview'] !== undefined) return show(context, freshForm(typedValues(body)));
      return formAnswer(
        async () => {
          const input = parse(stockInput, stockFromForm(body, context.language));
          const operation = { actor: context.actor, id: context.operationId };
          await library.addStock(ownCooperativeId(context.actor), input, operation);
          return redirect(`${LIBRARY_PATH}?done=saved#stock`);
        },
        (problem) => show(context, refusedForm(problem, body, context.language), problem.status),
      );
    }),
  ];
}

function printerRoutes(deps: LibraryWorkDeps): readonly Route[] {
  const { library } = deps;
  const action = '/manage/labels/printers/new';
  async function show(context: Context, state: FormState, status = 200): Promise<Answer> {
    const t = speak(libraryStrings, context.language);
    const title = (state.values['supersedes'] ?? '') === '' ? t.newPrinter : t.changePrinter;
    const last = await deps.service.list(ownCooperativeId(context.actor), { limit: 1 }, context.actor);
    const template = last.items[0]?.template.id ?? 'avery-l7160';
    const href = deps.service.calibrationPath(ownCooperativeId(context.actor), template);
    return keptForm(deps, context, {
      action,
      state,
      title,
      lead: t.printerLead,
      groups: printerGroups(state, context.language),
      proof: null,
      pages: [{ label: t.calibrationPage, href }],
      status,
    });
  }
  return [
    html.get(action, KEEP, async (request, context) => {
      const { from } = newQuery.parse(request.query);
      const cooperativeId = ownCooperativeId(context.actor);
      if (from === undefined) {
        return show(context, freshForm({ xMm: '0', yMm: '0', rulerMm: '100' }));
      }
      const item = await library.item(cooperativeId, { kind: 'printer', id: from }, context.actor);
      return show(context, freshForm(printerValues(item, context.language)));
    }),
    html.post(action, KEEP, (request, context) =>
      formAnswer(
        async () => {
          const input = parse(printerInput, printerFromForm(request.body, context.language));
          const operation = { actor: context.actor, id: context.operationId };
          await library.addPrinter(ownCooperativeId(context.actor), input, operation);
          return redirect(`${LIBRARY_PATH}?done=saved#printers`);
        },
        (problem) => show(context, refusedForm(problem, request.body, context.language), problem.status),
      ),
    ),
  ];
}

const lookInput = z.object({ template: templateIdField, batch: idField.optional() });

function layoutRoutes(deps: LibraryWorkDeps): readonly Route[] {
  const { library, service, looks, fonts, batches, products } = deps;
  const action = '/manage/labels/layouts/new';

  async function proofOf(state: FormState, body: Body, context: Context): Promise<LibraryProofModel> {
    const { language } = context;
    const t = speak(layoutStrings, language);
    try {
      const { name: _, supersedes: __, ...typed } = layoutFromForm(body, language);
      const layout = parse(layoutShape, typed);
      const batch = state.values['batch'] ?? '';
      const asked = parse(lookInput, {
        template: state.values['template'],
        ...(batch === '' ? {} : { batch }),
      });
      const wanted = { template: asked.template, batchId: asked.batch, layout, language };
      const look = await looks.look(ownCooperativeId(context.actor), wanted, context.actor);
      const picture = {
        src: dataUri(labelSvg({ ...look, fonts })),
        alt: t.labelAlt({ text: labelWords(look.drawing) }),
      };
      return { picture, refused: null, caption: look.template.name[language] };
    } catch (error) {
      if (!isMendable(error) && !(error instanceof Problem && error.code === 'not-found')) throw error;
      return { picture: null, refused: said(error, context), caption: t.proof };
    }
  }

  async function show(context: Context, typed: { state: FormState; body: Body }, status = 200) {
    const cooperativeId = ownCooperativeId(context.actor);
    const { language } = context;
    const [{ items }, templates] = await Promise.all([
      batches.ofCooperative(cooperativeId, { limit: BATCHES_OFFERED, status: 'open' }),
      service.templatesOf(cooperativeId),
    ]);
    const known = await products.byIds(items.map(({ productId }) => productId));
    const offered = items.map(({ id, lotNumber, productId }) => {
      const product = known.get(productId);
      return {
        value: id,
        label: product === undefined ? lotNumber : `${lotNumber} · ${inLanguage(product.name, language)}`,
      };
    });
    const { state, body } = typed;
    const making = {
      action,
      idempotencyKey: context.operationId,
      state,
      templates: templateOptions(templates, language),
      batches: offered,
      proof: await proofOf(state, body, context),
    };
    const words = speak(layoutStrings, language);
    const title = (state.values['supersedes'] ?? '') === '' ? words.newTitle : words.changeTitle;
    const model = layoutPage(making, await around(deps, context, title));
    return page('manage/label-library/layout', model, status);
  }

  /** Values as a form would send them: lists stand apart again. */
  const asBody = (values: Readonly<Record<string, string>>): Body => ({
    ...values,
    ...Object.fromEntries(
      ['order', 'show', 'bold'].map((name) => [name, (values[name] ?? '').split(',')] as const),
    ),
  });
  const showValues = (context: Context, values: Readonly<Record<string, string>>) =>
    show(context, { state: freshForm(values), body: asBody(values) });

  return [
    html.get(action, KEEP, async (request, context) => {
      const { from } = newQuery.parse(request.query);
      const { language } = context;
      const usual = { template: USUAL_TEMPLATE, batch: '' };
      if (from === undefined || isBuiltIn(from)) {
        return showValues(context, { ...builtInValues(from, language), ...usual });
      }
      const asked = { kind: 'layout', id: from } as const;
      const item = await library.item(ownCooperativeId(context.actor), asked, context.actor);
      const values = { ...layoutValues(item.value, language), name: item.name, supersedes: item.id };
      return showValues(context, { ...values, ...usual });
    }),
    html.post(action, KEEP, async (request, context) => {
      const body = bodyOf(request.body);
      const { move } = body;
      if (typeof move === 'string') return showValues(context, movedOrder(typedValues(body), move));
      if (body['preview'] !== undefined) return showValues(context, typedValues(body));
      return formAnswer(
        async () => {
          const input = parse(layoutInput, layoutFromForm(body, context.language));
          const operation = { actor: context.actor, id: context.operationId };
          await library.addLayout(ownCooperativeId(context.actor), input, operation);
          return redirect(`${LIBRARY_PATH}?done=saved#layouts`);
        },
        (problem) => {
          const state = refusedForm(problem, body, context.language);
          return show(context, { state, body }, problem.status);
        },
      );
    }),
  ];
}

/** Pages about what a cooperative keeps for its labels. */
export function libraryWorkRoutes(deps: LibraryWorkDeps): readonly Route[] {
  return [...listRoutes(deps), ...stockRoutes(deps), ...printerRoutes(deps), ...layoutRoutes(deps)];
}
