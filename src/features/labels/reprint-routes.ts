import type { Request } from 'express';
import { z } from 'zod';
import { sizeOf } from '../../domain/unit-code/ranges.ts';
import { printPlan } from '../../domain/label/template.ts';
import { only, type Actor } from '../../platform/access.ts';
import { formatNumber } from '../../platform/format.ts';
import { speak } from '../../platform/i18n.ts';
import { listQuery } from '../../platform/list-page.ts';
import { Problem } from '../../platform/problem.ts';
import { api, created, ok, param, type Route } from '../../platform/routing.ts';
import { parse, parseQuery } from '../../platform/validate.ts';
import { FILE_ENDINGS, FILES, fileQuery, type Downloads } from './files.ts';
import type { Fonts } from './fonts.ts';
import { reprintInput, reprintQuery } from './input.ts';
import { pictureOf, previewAnswer } from './preview.ts';
import { printedPlaces, reprintedNumbers } from './printout.ts';
import type { LabelService } from './service.ts';
import type { ReprintService, RunReprint } from './reprints.ts';
import { reprintSentence } from './reprint-page.ts';
import { runStrings } from './run-strings.ts';

export type ReprintRoutesDeps = {
  readonly reprints: ReprintService;
  readonly service: Pick<LabelService, 'pictured'>;
  readonly files: Downloads;
  readonly fonts: Fonts;
  readonly publicUrl: string;
};

const READ = only('clerk', 'manager', 'officer', 'administrator');
const listOfReprints = z.object(listQuery);

/** The reprint's number in its path. @throws Problem `not-found` */
function numberOf(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Problem('not-found');
  return Number(text);
}

/** A reprint as the API gives it to its cooperative. */
function reprintAnswer({ run, reprint }: RunReprint, publicUrl: string) {
  const places = printedPlaces({ run, reprint });
  const { pages, free } = printPlan(run.template, places);
  const base = `${publicUrl}/api/v1/print-runs/${run.id}/reprints/${reprint.number}/labels`;
  return {
    id: reprint.id,
    printRunId: run.id,
    run: run.run,
    number: reprint.number,
    from: reprint.from,
    to: reprint.to,
    count: places.count,
    leftOut: reprint.leftOut,
    startAt: reprint.startAt,
    pages,
    free,
    reason: reprint.reason,
    createdAt: reprint.createdAt.toISOString(),
    createdBy: { id: reprint.createdBy, name: reprint.createdByName },
    files: Object.fromEntries(FILE_ENDINGS.map((ending) => [ending, `${base}.${ending}`])),
  };
}

/** Reprints of print runs, and their files. */
export function reprintRoutes({
  reprints,
  service,
  files,
  fonts,
  publicUrl,
}: ReprintRoutesDeps): readonly Route[] {
  async function look(request: Request, actor: Actor | null) {
    const run = await reprints.runFor(param(request, 'id'), actor);
    const { view: _, ...asked } = parseQuery(reprintQuery, request.query);
    const { startAt, ...numbers } = await reprints.placesOf(run, asked);
    const plan = printPlan(run.template, { count: sizeOf(reprintedNumbers(numbers)), startAt });
    return { ...run, plan, leftOut: numbers.leftOut };
  }

  return [
    api.post(
      '/print-runs/:id/reprints',
      only('clerk', 'manager'),
      async (request, { actor, operationId }) => {
        const input = parse(reprintInput, request.body);
        const made = await reprints.create(param(request, 'id'), input, { actor, id: operationId });
        return created(reprintAnswer(made, publicUrl));
      },
      {
        doc: { summary: 'Print labels of a run again, with the same codes', body: reprintInput, status: 201 },
      },
    ),
    api.get(
      '/print-runs/:id/reprints',
      READ,
      async (request, { actor }) => {
        const query = parseQuery(listOfReprints, request.query);
        const { run, items, next } = await reprints.list(param(request, 'id'), query, actor);
        return ok({ items: items.map((reprint) => reprintAnswer({ run, reprint }, publicUrl)), next });
      },
      { doc: { summary: "A run's reprints, newest first", query: listOfReprints } },
    ),
    api.get(
      '/print-runs/:id/reprint-preview',
      only('clerk', 'manager'),
      async (request, { actor, language }) => {
        const places = await look(request, actor);
        const count = formatNumber(places.plan.count, language);
        const submit = speak(runStrings, language).reprintSubmitCount({ count });
        const { sentences, ...answer } = previewAnswer(places, submit, language);
        const plan = reprintSentence(places, language);
        return ok({ ...answer, leftOut: places.leftOut, sentences: { ...sentences, plan } });
      },
      { doc: { summary: 'How labels of a run would fall on sheets, printed again', query: reprintQuery } },
    ),
    api.get(
      '/print-runs/:id/reprint-preview.svg',
      only('clerk', 'manager'),
      async (request, { actor }) => {
        const { view } = parseQuery(reprintQuery, request.query);
        return pictureOf(service.pictured(await look(request, actor)), view, fonts);
      },
      {
        doc: { summary: 'A picture of the first sheet printed again, or of one label', query: reprintQuery },
      },
    ),
    ...FILE_ENDINGS.map((ending) =>
      api.get(
        `/print-runs/:id/reprints/:number/labels.${ending}`,
        READ,
        async (request, { actor }) => {
          const number = numberOf(param(request, 'number'));
          const printout = await reprints.printout(param(request, 'id'), number, actor);
          return files.answer(request, printout, ending);
        },
        { doc: { summary: FILES[ending], ...(ending === 'zip' ? { query: fileQuery } : {}) } },
      ),
    ),
  ];
}
