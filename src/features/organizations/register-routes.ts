import type { Request } from 'express';
import { everyone } from '../../platform/access.ts';
import { inputFromForm } from '../../platform/form.ts';
import { freshForm, isMendable, refusedForm, type FormState } from '../../platform/form-state.ts';
import { speak } from '../../platform/i18n.ts';
import { Problem } from '../../platform/problem.ts';
import { html, page, redirect, type Context, type Route } from '../../platform/routing.ts';
import { parse } from '../../platform/validate.ts';
import { organizationFormStrings } from './form-strings.ts';
import { communeCodeOf, provinceQuestion, withError, type FormInput, type FormPlaces } from './places.ts';
import { registerPage, registeredPage } from './register-page.ts';
import { registerThrottled, type OrganizationRoutesDeps } from './routes.ts';
import { organizationStrings } from './strings.ts';

export type RegisterDeps = OrganizationRoutesDeps & { readonly places: FormPlaces };

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** A cooperative's part of a form: its commune by name becomes its code. */
export function withCommune(input: FormInput, places: FormPlaces): FormInput {
  const typed = text(input['communeCode']);
  const province = text(input['provinceCode']);
  if (typed === undefined) return input;
  return { ...input, communeCode: communeCodeOf(typed, places.communesOf(province ?? '')) };
}

/** A commune that nobody knows is a name that was typed, not a code. */
export function aboutCommunes(problem: Problem, input: FormInput, pointer: string): Problem {
  const named = !/^\d{5}$/.test(text(input['communeCode']) ?? '00000');
  const { errors = [] } = problem.options;
  if (!named || !errors.some((error) => error.pointer === pointer)) return problem;
  const { vi, en } = organizationFormStrings.communeUnknown;
  return new Problem(problem.code, {
    ...problem.options,
    errors: withError(problem, { pointer, detail: { vi, en } }),
  });
}

/** The public page on which a cooperative registers itself. */
export function registerRoutes(deps: RegisterDeps): readonly Route[] {
  const { service, places, inputs } = deps;
  const titled = (context: Context) =>
    context.frame({ title: speak(organizationStrings, context.language).registerTitle });

  const show = (context: Context, state: FormState, keptProvince = '') =>
    registerPage({
      frame: titled(context),
      state,
      places,
      keptProvince,
      idempotencyKey: context.operationId,
    });

  /** What was typed as the API takes it; asks back where the address names another province. */
  function check(request: Request, context: Context): { input: FormInput; kept: string } {
    const { keptProvince, ...typed } = inputFromForm(request.body, context.language, {
      numbers: ['cooperative.memberCount'],
    });
    const typedCooperative = (typed['cooperative'] ?? {}) as FormInput;
    const cooperative = withCommune(typedCooperative, places);
    const input = { ...typed, cooperative };
    const provinceCode = text(cooperative['provinceCode']);
    const question = provinceQuestion({ provinceCode, address: text(cooperative['address']) }, places);
    const problem = problemIn(() => parse(inputs.registration, input));
    const kept = provinceCode !== undefined && keptProvince === provinceCode;
    const asked = question !== null && !kept;
    const errors = asked
      ? withError(problem, { pointer: '/cooperative/provinceCode', detail: question.detail })
      : (problem?.options.errors ?? []);
    if (errors.length > 0) {
      throw aboutCommunes(new Problem('invalid', { errors }), cooperative, '/cooperative/communeCode');
    }
    return { input, kept: provinceCode ?? '' };
  }

  return [
    html.get('/register', everyone(), async (request, context) => {
      const sent = request.query['sent'];
      if (typeof sent !== 'string') return page('register/page', show(context, freshForm()));
      const union = await service.contract.unionOf(sent);
      return page('register/page', registeredPage(titled(context), union?.name ?? null));
    }),
    html.post('/register', everyone(), async (request, context) => {
      try {
        const { input, kept } = check(request, context);
        const address = request.ip ?? '';
        await registerThrottled(deps, { body: input, address, operationId: context.operationId });
        return redirect(`/register?sent=${encodeURIComponent(kept)}`);
      } catch (error) {
        const busy = error instanceof Problem && error.status === 429;
        if (!busy && !isMendable(error)) throw error;
        const body = (request.body ?? {}) as FormInput;
        const state = suggestProvince(refusedForm(error, body, context.language), places);
        const kept = state.values['cooperative.provinceCode'] ?? '';
        return page('register/page', show(context, state, kept), error.status);
      }
    }),
  ];
}

/** Where no province was chosen and the address names one, that one is chosen for the next try. */
function suggestProvince(state: FormState, places: FormPlaces): FormState {
  const provinceCode = state.values['cooperative.provinceCode'] ?? '';
  const question = provinceQuestion({ provinceCode, address: state.values['cooperative.address'] }, places);
  if (provinceCode !== '' || question === null) return state;
  return { ...state, values: { ...state.values, 'cooperative.provinceCode': question.suggested } };
}

function problemIn(work: () => unknown): Problem | null {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}
