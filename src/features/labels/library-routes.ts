import { z } from 'zod';
import { only } from '../../platform/access.ts';
import { Problem } from '../../platform/problem.ts';
import { api, created, ok, param, type Route } from '../../platform/routing.ts';
import { parse, parseQuery } from '../../platform/validate.ts';
import { templateAnswer } from './answers.ts';
import { calibrationPdf } from './calibration-pdf.ts';
import { builtInLayout } from './choices.ts';
import { BUILT_IN_LAYOUTS } from './contract.ts';
import { streamed } from './files.ts';
import type { Fonts } from './fonts.ts';
import { calibrationQuery, layoutIdField } from './input.ts';
import { templateOf, type LabelLibrary } from './library.ts';
import {
  layoutInput,
  layoutPreviewQuery,
  layoutShape,
  libraryQuery,
  printerInput,
  stockInput,
} from './library-input.ts';
import type { LibraryItem } from './library-store.ts';
import type { LayoutPreviews } from './layout-preview.ts';
import { labelSvg } from './svg.ts';

export type LibraryRoutesDeps = {
  readonly library: LabelLibrary;
  readonly looks: LayoutPreviews;
  readonly fonts: Fonts;
};

const READ = only('clerk', 'manager', 'officer', 'administrator');
const KEEP = only('clerk', 'manager');

const defaultInput = z.strictObject({ layout: layoutIdField });

const record = ({ id, name, cooperativeId, supersedes, removedAt, ...item }: LibraryItem) => ({
  id,
  name,
  cooperativeId,
  supersedes: supersedes ?? null,
  removed: removedAt !== null,
  createdAt: item.createdAt.toISOString(),
  createdBy: { id: item.createdBy, name: item.createdByName },
});

/** Own paper as the standard one is given, with who keeps it. */
const stockAnswer = (item: LibraryItem<'stock'>) => ({
  ...templateAnswer(templateOf(item)),
  ...record(item),
  name: { vi: item.name, en: item.name },
});
const layoutAnswer = (item: LibraryItem<'layout'>) => ({ ...item.value, ...record(item), builtIn: false });
const printerAnswer = (item: LibraryItem<'printer'>) => ({ ...item.value, ...record(item) });

/** A layout in a query: JSON, as it would be saved. */
function layoutInQuery(text: string) {
  try {
    return parse(layoutShape, JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) throw new Problem('malformed');
    throw error;
  }
}

function stockRoutes({ library, fonts }: LibraryRoutesDeps): readonly Route[] {
  return [
    api.get(
      '/cooperatives/:id/label-templates',
      READ,
      async (request, { actor }) => {
        const removed = parseQuery(libraryQuery, request.query).removed === 'true';
        const items = await library.list(param(request, 'id'), { kind: 'stock', removed }, actor);
        return ok({ items: items.map(stockAnswer), next: null });
      },
      { doc: { summary: "A cooperative's own sheets and rolls", query: libraryQuery } },
    ),
    api.post(
      '/cooperatives/:id/label-templates',
      KEEP,
      async (request, { actor, operationId: id }) => {
        const input = parse(stockInput, request.body);
        return created(stockAnswer(await library.addStock(param(request, 'id'), input, { actor, id })));
      },
      { doc: { summary: 'Keep a sheet or roll by its millimetres', body: stockInput, status: 201 } },
    ),
    api.get(
      '/cooperatives/:id/label-templates/:item/calibration.pdf',
      READ,
      async (request, context) => {
        const asked = { kind: 'stock', id: param(request, 'item') } as const;
        const template = templateOf(await library.item(param(request, 'id'), asked, context.actor));
        const { lang, ...calibration } = parseQuery(calibrationQuery, request.query);
        const chunks = calibrationPdf(template, { language: lang ?? context.language, calibration, fonts });
        return streamed(chunks, { name: `${template.id}.pdf`, type: 'application/pdf', kind: 'inline' });
      },
      { doc: { summary: 'The frames of an own paper, to measure a printer', query: calibrationQuery } },
    ),
  ];
}

function layoutRoutes({ library, looks, fonts }: LibraryRoutesDeps): readonly Route[] {
  return [
    api.get(
      '/cooperatives/:id/label-layouts',
      READ,
      async (request, { actor }) => {
        const cooperativeId = param(request, 'id');
        const removed = parseQuery(libraryQuery, request.query).removed === 'true';
        const items = await library.list(cooperativeId, { kind: 'layout', removed }, actor);
        const builtIn = BUILT_IN_LAYOUTS.map(builtInLayout).map(({ id, name, layout }) => ({
          ...layout,
          id,
          name,
          builtIn: true,
        }));
        return ok({
          items: [...(removed ? [] : builtIn), ...items.map(layoutAnswer)],
          default: (await library.defaultLayout(cooperativeId)) ?? 'trace',
          next: null,
        });
      },
      { doc: { summary: 'Layouts: what a label says, in which order and how large', query: libraryQuery } },
    ),
    api.post(
      '/cooperatives/:id/label-layouts',
      KEEP,
      async (request, { actor, operationId: id }) => {
        const input = parse(layoutInput, request.body);
        return created(layoutAnswer(await library.addLayout(param(request, 'id'), input, { actor, id })));
      },
      { doc: { summary: 'Keep a layout', body: layoutInput, status: 201 } },
    ),
    api.post(
      '/cooperatives/:id/label-layouts/default',
      KEEP,
      async (request, { actor }) => {
        const { layout } = parse(defaultInput, request.body);
        await library.setDefault(param(request, 'id'), layout, actor);
        return ok({ default: layout });
      },
      { doc: { summary: 'What a print run begins with', body: defaultInput } },
    ),
    api.get(
      '/cooperatives/:id/label-layouts/preview.svg',
      KEEP,
      async (request, { actor }) => {
        const { layout, batch, ...asked } = parseQuery(layoutPreviewQuery, request.query);
        const wanted = { ...asked, layout: layoutInQuery(layout), batchId: batch };
        const look = await looks.look(param(request, 'id'), wanted, actor);
        return {
          kind: 'bytes',
          type: 'image/svg+xml',
          body: Buffer.from(labelSvg({ ...look, fonts }), 'utf8'),
          headers: { 'Cache-Control': 'private, no-cache' },
        };
      },
      { doc: { summary: 'A picture of one label in a layout', query: layoutPreviewQuery } },
    ),
  ];
}

function printerRoutes({ library }: LibraryRoutesDeps): readonly Route[] {
  return [
    api.get(
      '/cooperatives/:id/printers',
      READ,
      async (request, { actor }) => {
        const removed = parseQuery(libraryQuery, request.query).removed === 'true';
        const items = await library.list(param(request, 'id'), { kind: 'printer', removed }, actor);
        return ok({ items: items.map(printerAnswer), next: null });
      },
      { doc: { summary: "A cooperative's printers with their offsets", query: libraryQuery } },
    ),
    api.post(
      '/cooperatives/:id/printers',
      KEEP,
      async (request, { actor, operationId: id }) => {
        const input = parse(printerInput, request.body);
        return created(printerAnswer(await library.addPrinter(param(request, 'id'), input, { actor, id })));
      },
      { doc: { summary: "Keep a printer's offsets", body: printerInput, status: 201 } },
    ),
  ];
}

function removalRoutes({ library }: LibraryRoutesDeps): readonly Route[] {
  return [
    api.post(
      '/cooperatives/:id/label-library/:item/removal',
      KEEP,
      async (request, { actor }) => {
        await library.remove(param(request, 'id'), param(request, 'item'), actor);
        return ok({ id: param(request, 'item'), removed: true });
      },
      { doc: { summary: 'Hide a kept paper, layout or printer' } },
    ),
    api.post(
      '/cooperatives/:id/label-library/:item/restoration',
      KEEP,
      async (request, { actor }) => {
        await library.restore(param(request, 'id'), param(request, 'item'), actor);
        return ok({ id: param(request, 'item'), removed: false });
      },
      { doc: { summary: 'Put back what was hidden' } },
    ),
  ];
}

/** The API of what a cooperative keeps for its labels. */
export function libraryRoutes(deps: LibraryRoutesDeps): readonly Route[] {
  return [...stockRoutes(deps), ...layoutRoutes(deps), ...printerRoutes(deps), ...removalRoutes(deps)];
}
