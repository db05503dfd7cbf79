import { z } from 'zod';
import { printPlan } from '../../domain/label/template.ts';
import { everyone, only } from '../../platform/access.ts';
import { idField } from '../../platform/fields.ts';
import type { Language } from '../../platform/i18n.ts';
import { listQuery } from '../../platform/list-page.ts';
import { Problem, invalidField } from '../../platform/problem.ts';
import { api, created, ok, param, type Answer, type Route } from '../../platform/routing.ts';
import { parse, parseQuery } from '../../platform/validate.ts';
import { printRunAnswer, checkAnswer, progressAnswer, templateAnswer } from './answers.ts';
import { calibrationPdf } from './calibration-pdf.ts';
import { FILE_ENDINGS, FILES, fileQuery, streamed, type Downloads } from './files.ts';
import type { Fonts } from './fonts.ts';
import { calibrationQuery, pngQuery, printRunInput } from './input.ts';
import { PNG_TOO_SMALL } from './messages.ts';
import { pictureOf, previewRoutes } from './preview.ts';
import { narrowestPng, symbolPng } from './png.ts';
import type { LabelService } from './service.ts';
import type { LabelStock } from './stock.ts';
import { symbolSvg } from './svg.ts';
import { reprintRoutes } from './reprint-routes.ts';
import type { ReprintService } from './reprints.ts';
import { voidRoutes } from './void-routes.ts';
import type { VoidService } from './voids.ts';

export type LabelRoutesDeps = {
  readonly service: LabelService;
  readonly reprints: ReprintService;
  readonly voids: VoidService;
  readonly stock: LabelStock;
  readonly fonts: Fonts;
  readonly files: Downloads;
  readonly publicUrl: string;
};

const READ = only('clerk', 'manager', 'officer', 'administrator');
const listOfRuns = z.object({ ...listQuery, batch: idField.optional() });

function bytes(type: string, body: Buffer): Answer {
  return { kind: 'bytes', type, body, headers: { 'Cache-Control': 'private, no-cache' } };
}

function templateRoutes({ service, stock, fonts }: LabelRoutesDeps): readonly Route[] {
  return [
    api.get(
      '/label-templates',
      everyone(),
      () => ok({ items: service.usableTemplates().map(templateAnswer), next: null }),
      { doc: { summary: 'Label sheets and rolls with their millimetres' } },
    ),
    api.get(
      '/label-templates/:id',
      everyone(),
      (request) => {
        const template = stock.template(param(request, 'id'));
        if (template === null) throw new Problem('not-found');
        return ok(templateAnswer(template));
      },
      { doc: { summary: 'One label sheet or roll' } },
    ),
    api.get(
      '/label-templates/:id/calibration.pdf',
      everyone(),
      (request, context) => {
        const template = stock.template(param(request, 'id'));
        if (template === null) throw new Problem('not-found');
        const { lang, ...calibration } = parseQuery(calibrationQuery, request.query);
        const language: Language = lang ?? context.language;
        const chunks = calibrationPdf(template, { language, calibration, fonts });
        return streamed(chunks, {
          name: `${template.id}.pdf`,
          type: 'application/pdf',
          kind: 'inline',
        });
      },
      {
        doc: { summary: "The frames of a template's labels, to measure a printer", query: calibrationQuery },
      },
    ),
  ];
}

function symbolRoutes({ service }: LabelRoutesDeps): readonly Route[] {
  return [
    api.get(
      '/batches/:id/qr.svg',
      READ,
      async (request, { actor }) => {
        const batch = await service.batchFor(param(request, 'id'), actor);
        return bytes('image/svg+xml', Buffer.from(symbolSvg(service.symbolOf(batch)), 'utf8'));
      },
      { doc: { summary: "The batch's QR code as SVG" } },
    ),
    api.get(
      '/batches/:id/qr.png',
      READ,
      async (request, { actor }) => {
        const batch = await service.batchFor(param(request, 'id'), actor);
        const { size } = parseQuery(pngQuery, request.query);
        const symbol = service.symbolOf(batch);
        const least = narrowestPng(symbol);
        if (size < least) throw invalidField('?size', PNG_TOO_SMALL(least));
        return bytes('image/png', await symbolPng(symbol, size));
      },
      { doc: { summary: "The batch's QR code as PNG, `size` pixels a side", query: pngQuery } },
    ),
  ];
}

function runRoutes({ service, voids, files, fonts, publicUrl }: LabelRoutesDeps): readonly Route[] {
  return [
    api.post(
      '/batches/:id/print-runs',
      only('clerk', 'manager'),
      async (request, { actor, operationId }) => {
        const input = parse(printRunInput, request.body);
        const run = await service.create(param(request, 'id'), input, { actor, id: operationId });
        return created(printRunAnswer(run, publicUrl, 0));
      },
      { doc: { summary: 'Print labels of a batch', body: printRunInput, status: 201 } },
    ),
    api.get(
      '/cooperatives/:id/print-runs',
      READ,
      async (request, { actor }) => {
        const { limit, cursor, batch } = parseQuery(listOfRuns, request.query);
        const found = await service.list(param(request, 'id'), { limit, cursor, batchId: batch }, actor);
        const voided = await voids.countsOf(found.items.map((run) => run.id));
        const items = found.items.map((run) => printRunAnswer(run, publicUrl, voided.get(run.id) ?? 0));
        return ok({ items, next: found.next });
      },
      { doc: { summary: "A cooperative's print runs, newest first", query: listOfRuns } },
    ),
    api.get(
      '/print-runs/:id',
      READ,
      async (request, { actor }) => {
        const run = await service.read(param(request, 'id'), actor);
        return ok(printRunAnswer(run, publicUrl, (await voids.countsOf([run.id])).get(run.id) ?? 0));
      },
      { doc: { summary: 'A print run: who printed how many of what, when, on what' } },
    ),
    ...FILE_ENDINGS.map((ending) =>
      api.get(
        `/print-runs/:id/labels.${ending}`,
        READ,
        async (request, { actor }) => {
          const run = await service.read(param(request, 'id'), actor);
          return files.answer(request, { run, reprint: null }, ending);
        },
        { doc: { summary: FILES[ending], ...(ending === 'zip' ? { query: fileQuery } : {}) } },
      ),
    ),
    api.get(
      '/print-runs/:id/progress',
      READ,
      async (request, { actor }) => {
        const run = await service.read(param(request, 'id'), actor);
        return ok({
          ...progressAnswer(run, await files.progressOf(run.id)),
          check: checkAnswer(await files.checkOf(run.id)),
        });
      },
      { doc: { summary: "How far the run's files have come that are being downloaded" } },
    ),
    api.get(
      '/print-runs/:id/label.svg',
      READ,
      async (request, { actor }) => {
        const run = await service.read(param(request, 'id'), actor);
        return pictureOf({ ...service.pictured(run), plan: printPlan(run.template, run) }, 'label', fonts);
      },
      { doc: { summary: 'A picture of one label of the run' } },
    ),
  ];
}

/** The API of labels: templates, symbols, print runs and their files. */
export function labelRoutes(deps: LabelRoutesDeps): readonly Route[] {
  return [
    ...templateRoutes(deps),
    ...symbolRoutes(deps),
    ...previewRoutes(deps),
    ...runRoutes(deps),
    ...reprintRoutes(deps),
    ...voidRoutes(deps),
  ];
}
