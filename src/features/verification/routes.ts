import type { Request } from 'express';
import type { CodeTries, Verdict } from '../trace/contract.ts';
import { everyone, type Actor } from '../../platform/access.ts';
import { parse } from '../../platform/validate.ts';
import { readCode } from '../../domain/batch-code/batch-code.ts';
import { api, html, ok, page, redirect, type Answer, type Route } from '../../platform/routing.ts';
import { dateInVietnam, type Clock } from '../../platform/clock.ts';
import { invalidField, Problem } from '../../platform/problem.ts';
import { freshForm, refusedForm, type FormState } from '../../platform/form-state.ts';
import { formatNumber } from '../../platform/format.ts';
import { speak, type Language } from '../../platform/i18n.ts';
import { codeBox } from './contract.ts';
import { csvFile } from '../../platform/csv.ts';
import { codesInList, textOfFile } from './delivery-list.ts';
import { CODES_MAX, LIST_FILE_MAX_BYTES, verificationInput } from './input.ts';
import { asOneDelivery, resultRows, verifyPage } from './page.ts';
import type { VerificationItemModel } from './view-model.ts';
import { verificationStrings } from './strings.ts';

/** What this feature asks of the trace feature. */
export type Verifier<V> = {
  verify(codes: readonly string[]): Promise<readonly V[]>;
};

export type VerificationDeps<V extends { readonly verdict: Verdict }> = {
  readonly tries: CodeTries;
  readonly clock: Clock;
  readonly verifier: Verifier<V>;
  answer(verification: V, reader: { language: Language; today: string }): object;
  item(verification: V, language: Language): Parameters<typeof verifyPage>[0]['items'][number];
};

/** Of entries that cannot be codes the form names so many. */
const PLACES_SHOWN = 5;

const mostFor = (actor: Actor | null): number =>
  actor?.memberships.some((membership) => membership.kind === 'retailer') === true
    ? CODES_MAX.retailer
    : CODES_MAX.everyone;

/** The text of the file of a form, '' without one. @throws Problem about `file` */
function textInFile({ file }: Request): string {
  if (file === undefined) return '';
  if (file.size > LIST_FILE_MAX_BYTES) throw invalidField('/file', verificationStrings.tooLarge, 'too-large');
  const text = textOfFile(file.buffer);
  if (text === null) throw invalidField('/file', verificationStrings.notText);
  return text;
}

/** The codes typed, pasted or in a file. @throws Problem about `file` or `codes` */
function codesAsked(typed: string, request: Request, most: number): readonly string[] {
  const inFile = codesInList(textInFile(request), 'file');
  const codes = [...codesInList(typed, 'pasted'), ...inFile];
  if (codes.length === 0) throw invalidField('/codes', verificationStrings.noCode);
  return parse(verificationInput(most), { codes }).codes;
}

/** The form again. All entries that cannot be codes are wrong in the same way: it is said once, with where they stand. */
function refusedList(problem: Problem, text: string, language: Language): FormState {
  const { values, errors } = refusedForm(problem, { codes: text }, language);
  const entries = [...errors].filter(([name]) => name.startsWith('codes.'));
  const [first] = entries;
  if (first === undefined) return { values, errors };
  const shown = entries
    .slice(0, PLACES_SHOWN)
    .map(([name]) => formatNumber(Number(name.slice('codes.'.length)) + 1, language));
  const places = `${shown.join(', ')}${entries.length > PLACES_SHOWN ? '…' : ''}`;
  const error = speak(verificationStrings, language).entries({ places, error: first[1] });
  return { values, errors: new Map([['codes', error]]) };
}

function resultFile(items: readonly VerificationItemModel[], language: Language): Answer {
  return {
    kind: 'bytes',
    type: 'text/csv; charset=utf-8',
    body: csvFile(resultRows(items, language)),
    headers: {
      'Content-Disposition': 'attachment; filename="nguon-verify.csv"',
      'Cache-Control': 'no-store',
    },
  };
}

/** Checking codes: one in a box, twenty by anybody, a delivery by a shop. */
export function verificationRoutes<V extends { readonly verdict: Verdict }>(
  deps: VerificationDeps<V>,
): readonly Route[] {
  async function verify(codes: readonly string[], request: Request): Promise<readonly V[]> {
    const address = request.ip ?? '';
    deps.tries.check(address);
    const found = await deps.verifier.verify(codes);
    deps.tries.count(
      address,
      found.map((one) => one.verdict),
    );
    return found;
  }
  return [
    api.post(
      '/verifications',
      everyone(),
      async (request, { actor, language }) => {
        const { codes } = parse(verificationInput(mostFor(actor)), request.body);
        const reader = { language, today: dateInVietnam(deps.clock.now()) };
        return ok({ items: (await verify(codes, request)).map((one) => deps.answer(one, reader)) });
      },
      {
        idempotent: false,
        doc: { summary: 'Check codes', body: verificationInput(CODES_MAX.retailer) },
      },
    ),

    html.get('/verify', everyone(), (request, context) => {
      const { language, actor } = context;
      const t = speak(verificationStrings, language);
      const { code } = request.query;
      const typed = typeof code === 'string' ? code.trim() : '';
      const read = readCode(typed);
      if (read !== null) return redirect(`/${read.code}`);
      const box = typed === '' ? codeBox(language) : codeBox(language, typed, t.codeError);
      const frame = context.frame({ title: t.title });
      const nothing = { state: freshForm(), items: [], asked: false };
      return page('verify/page', verifyPage({ frame, most: mostFor(actor), box, ...nothing }));
    }),

    html.post(
      '/verify',
      everyone(),
      async (request, context) => {
        const { language, actor } = context;
        const body = (request.body ?? {}) as Record<string, unknown>;
        const typed = String(body['codes'] ?? '');
        const most = mostFor(actor);
        const frame = context.frame({ title: speak(verificationStrings, language).title });
        const common = { frame, most, box: codeBox(language) };
        try {
          const codes = codesAsked(typed, request, most);
          const found = await verify(codes, request);
          const items = asOneDelivery(
            found.map((one) => deps.item(one, language)),
            language,
          );
          if (body['format'] === 'csv') return resultFile(items, language);
          const state = freshForm({ codes: codes.join('\n') });
          return page('verify/page', verifyPage({ ...common, state, items, asked: true }));
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
          const state = refusedList(error, typed, language);
          return page('verify/page', verifyPage({ ...common, state, items: [], asked: false }), error.status);
        }
      },
      { idempotent: false, upload: 'file' },
    ),
  ];
}
