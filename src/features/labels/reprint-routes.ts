import { z } from 'zod';
import { printPlan } from '../../domain/label/template.ts';
import { only } from '../../platform/access.ts';
import { listQuery } from '../../platform/list-page.ts';
import { Problem } from '../../platform/problem.ts';
import { api, created, ok, param, type Route } from '../../platform/routing.ts';
import { parse, parseQuery } from '../../platform/validate.ts';
import { FILE_SUMMARIES, type Downloads } from './files.ts';
import { reprintInput } from './input.ts';
import { FILE_FORMATS } from './making.ts';
import { printedPlaces } from './printout.ts';
import type { ReprintService, RunReprint } from './reprints.ts';

export type ReprintRoutesDeps = {
  readonly reprints: ReprintService;
  readonly files: Downloads;
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
    startAt: reprint.startAt,
    pages,
    free,
    reason: reprint.reason,
    createdAt: reprint.createdAt.toISOString(),
    createdBy: { id: reprint.createdBy, name: reprint.createdByName },
    files: Object.fromEntries(FILE_FORMATS.map((format) => [format, `${base}.${format}`])),
  };
}

/** Reprints of print runs, and their files. */
export function reprintRoutes({ reprints, files, publicUrl }: ReprintRoutesDeps): readonly Route[] {
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
    ...FILE_FORMATS.map((format) =>
      api.get(
        `/print-runs/:id/reprints/:number/labels.${format}`,
        READ,
        async (request, { actor }) => {
          const number = numberOf(param(request, 'number'));
          const printout = await reprints.printout(param(request, 'id'), number, actor);
          return files.answer(request, printout, format);
        },
        { doc: { summary: FILE_SUMMARIES[format] } },
      ),
    ),
  ];
}
