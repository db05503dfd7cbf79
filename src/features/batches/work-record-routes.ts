import type { Request } from 'express';
import { only } from '../../platform/access.ts';
import { formAnswer, freshForm, refusedForm, type FormState } from '../../platform/form-state.ts';
import { localInputValue } from '../../platform/format.ts';
import { speak } from '../../platform/i18n.ts';
import { Problem } from '../../platform/problem.ts';
import {
  filesOf,
  html,
  page,
  param,
  redirect,
  type Answer,
  type Context,
  type Route,
} from '../../platform/routing.ts';
import { parse } from '../../platform/validate.ts';
import type { Product } from '../products/contract.ts';
import type { BatchEvent } from './contract.ts';
import { EVENT_PHOTOS_MAX } from './input.ts';
import { NOTHING_CHANGED, TOO_MANY_PHOTOS } from './messages.ts';
import type { RecordService } from './record-service.ts';
import { lastContent } from './rules.ts';
import { expectedStep, lastPlace } from './suggestions.ts';
import { chooseBatch, chooseStep } from './work-choices.ts';
import { correctionForm, eventForm, keptPhotos } from './work-form.ts';
import { correctPage, recordPage } from './work-form-page.ts';
import { ownCooperativeId } from '../../platform/work-frame.ts';
import { around, type BatchWorkDeps } from './work-routes.ts';
import { batchWorkStrings } from './work-strings.ts';

export type RecordWorkDeps = BatchWorkDeps & {
  readonly records: RecordService;
  /** Codes of all steps, by stage. */
  readonly steps: readonly string[];
};

/** Photos in one form: as many as a phone sends over a slow network, and as fit the memory of a small machine. */
export const FORM_PHOTOS_MAX = 4;
/** Open batches to choose from. */
const OPEN_SHOWN = 60;

/** Recording what happened today, and correcting it. */
export function recordWorkRoutes(deps: RecordWorkDeps): readonly Route[] {
  const { service, records, products, inputs, workplaceFrame, pages } = deps;

  async function chooseOpen(_request: Request, context: Context): Promise<Answer> {
    const cooperativeId = ownCooperativeId(context.actor);
    const asked = { limit: OPEN_SHOWN, status: 'open' } as const;
    const found = await service.list(cooperativeId, asked, context.actor);
    const own = new Map((await products.ofCooperative(cooperativeId)).map((one) => [one.id, one]));
    const open = await Promise.all(
      found.items.map(async (batch) => {
        const product = own.get(batch.productId);
        const events = await service.contract.eventsOf(batch.id);
        const next = product === undefined ? null : expectedStep(deps.chainOf(product), events);
        return { batch, product, next };
      }),
    );
    const title = speak(batchWorkStrings, context.language).chooseBatchTitle;
    return page('batches/choose', chooseBatch(open, await around(context, workplaceFrame, { title }), pages));
  }

  /** A batch that this person records for, with its product and events. */
  async function own(request: Request, context: Context) {
    const place = await service.place(param(request, 'id'), context.actor, ['clerk', 'manager']);
    const [batch, events, product] = await Promise.all([
      service.contract.byId(place.batch.id),
      service.contract.eventsOf(place.batch.id),
      products.byId(place.batch.productId),
    ]);
    if (batch === null || product === null) throw new Problem('not-found');
    return { batch, events, product };
  }

  const stepOf = (request: Request): string | null => {
    const { step } = request.query;
    return typeof step === 'string' && deps.steps.includes(step) ? step : null;
  };

  function startOf(events: readonly BatchEvent[], unit: string): FormState {
    return freshForm({
      occurredAt: localInputValue(deps.clock.now()),
      'place.name': lastPlace(events)?.name ?? '',
      'quantity.unit': unit,
    });
  }

  async function recordForm(
    request: Request,
    context: Context,
    { state, kept = [], status = 200 }: { state?: FormState; kept?: readonly string[]; status?: number } = {},
  ): Promise<Answer> {
    const { batch, events, product } = await own(request, context);
    if (batch.status !== 'open') return redirect(`/manage/batches/${batch.id}`);
    const step = stepOf(request);
    const t = speak(batchWorkStrings, context.language);
    const framed = await around(context, workplaceFrame, { title: t.record, demo: batch.demo });
    if (step === null) {
      const facts = { batch, events, chain: deps.chainOf(product), all: deps.steps };
      return page('batches/choose', chooseStep(facts, framed, pages));
    }
    const shown = {
      ...framed,
      state: state ?? startOf(events, batch.quantity.unit),
      key: context.operationId,
    };
    return page('batches/record', recordPage({ batch, step, kept }, shown, pages), status);
  }

  /** Stores what the form brought; a picture that is none is said beside the field. */
  async function storePhotos(request: Request, context: Context): Promise<readonly string[]> {
    const stored = [...keptPhotos(request.body)];
    const files = filesOf(request);
    if (stored.length + files.length > EVENT_PHOTOS_MAX) {
      throw new Problem('invalid', { errors: [{ pointer: '/photos', detail: TOO_MANY_PHOTOS }] });
    }
    for (const [index, file] of files.entries()) {
      // The operation's id makes a retry find the picture stored by the first try.
      const operation = { actor: context.actor, id: `${context.operationId}p${index}`, pointer: '/photos' };
      stored.push((await records.addPhoto(param(request, 'id'), file, operation)).id);
    }
    return stored;
  }

  async function sendRecord(request: Request, context: Context): Promise<Answer> {
    const { actor, language, operationId } = context;
    const { batch, events } = await own(request, context);
    let photos = keptPhotos(request.body);
    return formAnswer(
      async () => {
        photos = await storePhotos(request, context);
        const known = { place: lastPlace(events), photos };
        const input = parse(inputs.event, eventForm(request.body, language, known));
        const event = await records.record(batch.id, input, { actor, id: operationId });
        return redirect(`/manage/batches/${batch.id}?done=recorded&event=${event.id}`);
      },
      (problem) => {
        const state = refusedForm(problem, request.body, language);
        return recordForm(request, context, { state, kept: photos, status: problem.status });
      },
    );
  }

  const stepsFor = (product: Product): readonly string[] => [
    ...new Set([...deps.chainOf(product), ...deps.steps]),
  ];

  async function correctForm(
    request: Request,
    context: Context,
    { state = freshForm(), status = 200 }: { state?: FormState; status?: number } = {},
  ): Promise<Answer> {
    const { event, batchId } = await records.event(param(request, 'id'), context.actor);
    const batch = await service.contract.byId(batchId);
    const product = batch === null ? null : await products.byId(batch.productId);
    if (batch === null || product === null) throw new Problem('not-found');
    const title = speak(batchWorkStrings, context.language).correct;
    const shown = {
      ...(await around(context, workplaceFrame, { title, demo: batch.demo })),
      state,
      key: context.operationId,
    };
    return page(
      'batches/form',
      correctPage({ batch, event, steps: stepsFor(product) }, shown, pages),
      status,
    );
  }

  async function sendCorrection(request: Request, context: Context): Promise<Answer> {
    const { actor, language, operationId } = context;
    const body = (request.body ?? {}) as Record<string, unknown>;
    const { event, batchId } = await records.event(param(request, 'id'), actor);
    const withdrawing = body['withdraw'] === '1';
    const seen = Number(body['seen']);
    return formAnswer(
      async () => {
        const replacement = withdrawing ? undefined : correctionForm(body, lastContent(event), language);
        const input = parse(inputs.correction, {
          reason: body['reason'] ?? '',
          ...(replacement === undefined || Object.keys(replacement).length === 0 ? {} : { replacement }),
        });
        if (!withdrawing && input.replacement === undefined) {
          throw new Problem('invalid', { detail: NOTHING_CHANGED });
        }
        await records.correct(event.id, input, {
          actor,
          id: operationId,
          seen: Number.isInteger(seen) ? seen : 0,
        });
        return redirect(`/manage/batches/${batchId}?done=${withdrawing ? 'withdrawn' : 'corrected'}`);
      },
      (problem) => {
        // What somebody else wrote meanwhile is shown instead of what was typed against the older content.
        const stale = problem.code === 'already-corrected';
        const typed = stale ? { reason: body['reason'] ?? '' } : body;
        return correctForm(request, context, {
          state: refusedForm(onReplacement(problem), typed, language),
          status: problem.status,
        });
      },
    );
  }

  const people = only('clerk', 'manager');
  return [
    html.get('/manage/record', people, chooseOpen),
    html.get('/manage/batches/:id/record', people, (request, context) => recordForm(request, context)),
    html.post('/manage/batches/:id/record', people, sendRecord, {
      uploads: { field: 'photos', most: FORM_PHOTOS_MAX },
    }),
    html.get('/manage/events/:id/correct', people, (request, context) => correctForm(request, context)),
    html.post('/manage/events/:id/correct', people, sendCorrection),
  ];
}

/** The form's fields have the names of the replacement's members. */
function onReplacement(problem: Problem): Problem {
  const errors = problem.options.errors?.map((error) => ({
    ...error,
    pointer: error.pointer.replace(/^\/replacement(?=\/)/, ''),
  }));
  return errors === undefined ? problem : new Problem(problem.code, { ...problem.options, errors });
}
