import type { Request } from 'express';
import type { CodeTries, Verdict } from '../trace/contract.ts';
import { everyone, type Actor } from '../../platform/access.ts';
import { parse } from '../../platform/validate.ts';
import { readCode } from '../../domain/batch-code/batch-code.ts';
import { api, html, ok, page, redirect, type Answer, type Route } from '../../platform/routing.ts';
import { dateInVietnam, type Clock } from '../../platform/clock.ts';
import { Problem } from '../../platform/problem.ts';
import { refusedForm } from '../../platform/form-state.ts';
import { speak, type Language } from '../../platform/i18n.ts';
import { codeBox } from './contract.ts';
import { csvFile } from '../../platform/csv.ts';
import { CODES_MAX, codesInFile, codesInText, verificationInput } from './input.ts';
import { resultRows, verifyPage } from './page.ts';
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

const mostFor = (actor: Actor | null): number =>
  actor?.memberships.some((membership) => membership.kind === 'retailer') === true
    ? CODES_MAX.retailer
    : CODES_MAX.everyone;

/** The codes that a form asks about: typed, pasted, or in a file; and whether the answer is to be a file. */
function askedFor(request: Request) {
  const body = (request.body ?? {}) as Record<string, unknown>;
  const typed = String(body['codes'] ?? '');
  const inFile = request.file === undefined ? [] : codesInFile(request.file.buffer);
  const codes = [...codesInText(typed), ...inFile];
  return {
    codes,
    text: inFile.length === 0 ? typed : codes.join('\n'),
    isDownload: body['format'] === 'csv',
  };
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
      const typed = request.query['code'];
      const frame = context.frame({ title: speak(verificationStrings, context.language).title });
      const most = mostFor(context.actor);
      if (typeof typed !== 'string' || typed.trim() === '') {
        return page(
          'verify/page',
          verifyPage({
            frame,
            most,
            items: [],
            text: '',
            errors: [],
            asked: false,
            box: codeBox(context.language),
          }),
        );
      }
      const read = readCode(codesInText(typed)[0] ?? '');
      if (read !== null) return redirect(`/${read.code}`);
      const t = speak(verificationStrings, context.language);
      const box = codeBox(context.language, typed, t.codeError);
      return page(
        'verify/page',
        verifyPage({ frame, most, items: [], text: '', errors: [], asked: false, box }),
      );
    }),

    html.post(
      '/verify',
      everyone(),
      async (request, context) => {
        const { language, actor } = context;
        const { text, codes: asked, isDownload } = askedFor(request);
        const frame = context.frame({ title: speak(verificationStrings, language).title });
        const common = { frame, most: mostFor(actor), text, box: codeBox(language) };
        try {
          const { codes } = parse(verificationInput(mostFor(actor)), { codes: asked });
          const items = (await verify(codes, request)).map((one) => deps.item(one, language));
          if (isDownload) return resultFile(items, language);
          return page('verify/page', verifyPage({ ...common, items, errors: [], asked: true }));
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
          const errors =
            asked.length === 0
              ? [speak(verificationStrings, language).noCode]
              : [...refusedForm(error, {}, language).errors.values()];
          return page(
            'verify/page',
            verifyPage({ ...common, items: [], errors, asked: false }),
            error.status,
          );
        }
      },
      { idempotent: false, upload: 'file' },
    ),
  ];
}
