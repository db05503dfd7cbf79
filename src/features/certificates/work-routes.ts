import type { Request } from 'express';
import { z } from 'zod';
import { only } from '../../platform/access.ts';
import { freshForm, formAnswer, refusedForm, type FormState } from '../../platform/form-state.ts';
import { inputFromForm } from '../../platform/form.ts';
import { speak } from '../../platform/i18n.ts';
import { parse } from '../../platform/validate.ts';
import {
  html,
  page,
  param,
  redirect,
  type Answer,
  type Context,
  type Route,
} from '../../platform/routing.ts';
import { ownCooperativeId, type Workplace } from '../../platform/work-frame.ts';
import { certificateInput, withdrawalInput } from './input.ts';
import type { CertificateService } from './service.ts';
import {
  CERTIFICATE_DEEDS,
  newCertificatePage,
  ownCertificatesPage,
  withdrawCertificatePage,
  type Around,
} from './work-page.ts';
import { workCertificateStrings } from './work-strings.ts';

export type CertificateWorkDeps = {
  readonly service: CertificateService;
  readonly workplaceFrame: Workplace;
  today(): string;
};

const doneQuery = z.object({ done: z.enum(CERTIFICATE_DEEDS).nullable().catch(null).default(null) });

const MANAGER = only('manager');

const keysOf = ({ frame }: Around, { operationId }: Context) => ({
  csrfToken: frame.csrfToken,
  idempotencyKey: operationId,
});

/** A cooperative's own pages about its certificates. */
export function certificateWorkRoutes(deps: CertificateWorkDeps): readonly Route[] {
  return [
    html.get('/manage/certificates', only('manager', 'clerk'), async (request, context) => {
      const list = await deps.service.ownList(ownCooperativeId(context.actor), context.actor);
      const { done } = doneQuery.parse(request.query);
      const around = await aroundOf(deps, context, 'listTitle');
      return page(
        'manage/certificates/list',
        ownCertificatesPage(list, { today: deps.today(), done }, around),
      );
    }),
    ...newRoutes(deps),
    ...withdrawalRoutes(deps),
  ];
}

async function aroundOf(
  { workplaceFrame }: CertificateWorkDeps,
  context: Context,
  title: 'listTitle' | 'newTitle' | 'withdrawTitle',
): Promise<Around> {
  const frame = context.frame({ title: speak(workCertificateStrings, context.language)[title] });
  return { frame, work: await workplaceFrame.frameFor(context, 'more') };
}

function newRoutes(deps: CertificateWorkDeps): readonly Route[] {
  const { service } = deps;
  async function show(context: Context, state: FormState, status = 200): Promise<Answer> {
    const list = await service.ownList(ownCooperativeId(context.actor), context.actor);
    const around = await aroundOf(deps, context, 'newTitle');
    const making = { state, keys: keysOf(around, context) };
    return page('manage/certificates/new', newCertificatePage(list, making, around), status);
  }
  return [
    html.get('/manage/certificates/new', MANAGER, (_request, context) => show(context, freshForm())),
    html.post(
      '/manage/certificates/new',
      MANAGER,
      (request, context) =>
        formAnswer(
          async () => {
            const typed = inputFromForm(request.body, context.language, { lists: ['productIds'] });
            const input = parse(certificateInput, typed);
            const operation = { actor: context.actor, id: context.operationId, file: request.file?.buffer };
            await service.add(ownCooperativeId(context.actor), input, operation);
            return redirect('/manage/certificates?done=added');
          },
          (problem) => show(context, refusedForm(problem, request.body, context.language), problem.status),
        ),
      { upload: 'file' },
    ),
  ];
}

function withdrawalRoutes(deps: CertificateWorkDeps): readonly Route[] {
  const { service } = deps;
  const path = '/manage/certificates/:id/withdraw';
  async function show(request: Request, context: Context, refused?: { state: FormState; status: number }) {
    const certificate = await service.forWithdrawal(param(request, 'id'), context.actor);
    const { products } = await service.ownList(certificate.cooperativeId, context.actor);
    const around = await aroundOf(deps, context, 'withdrawTitle');
    const state = refused?.state ?? freshForm();
    const making = { state, keys: keysOf(around, context), today: deps.today(), products };
    const model = withdrawCertificatePage(certificate, making, around);
    return page('manage/certificates/withdraw', model, refused?.status ?? 200);
  }
  return [
    html.get(path, MANAGER, (request, context) => show(request, context)),
    html.post(path, MANAGER, (request, context) =>
      formAnswer(
        async () => {
          const { reason } = parse(withdrawalInput, inputFromForm(request.body, context.language));
          await service.withdraw(param(request, 'id'), reason, context.actor);
          return redirect('/manage/certificates?done=withdrawn');
        },
        (problem) => {
          const state = refusedForm(problem, request.body, context.language);
          return show(request, context, { state, status: problem.status });
        },
      ),
    ),
  ];
}
