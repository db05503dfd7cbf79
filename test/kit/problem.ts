import { expect } from 'chai';
import type { Answer } from './client.ts';

type Language = 'vi' | 'en';

const VIETNAMESE = /[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]/i;

/** The sentences of a problem: its title, and a detail for each thing to mend. */
function sentences(body: { title: string; detail: string; errors?: readonly { detail: string }[] }) {
  return [body.title, body.detail, ...(body.errors ?? []).map(({ detail }) => detail)];
}

/** What is amiss with an answer that ought to be a problem (RFC 9457) in `language`, or null. */
export function problemFault(answer: Answer, language: Language): string | null {
  const { status, headers, body } = answer;
  if (status < 400 || status >= 500) return `status ${status}`;
  if (headers.get('content-type')?.startsWith('application/problem+json') !== true) {
    return `content type ${headers.get('content-type')}`;
  }
  if (headers.get('content-language') !== language) return `language ${headers.get('content-language')}`;
  if (!/^https:\/\/nguon\.example\/problems\/[a-z-]+$/.test(String(body.type))) return `type ${body.type}`;
  if (body.status !== status) return `the body says ${body.status}, the answer ${status}`;
  const wrong = sentences(body).find((sentence) =>
    language === 'vi' ? !VIETNAMESE.test(sentence) : VIETNAMESE.test(sentence) || sentence === '',
  );
  return wrong === undefined ? null : `“${wrong}” is not in ${language}`;
}

/** Fails unless `answer` is a problem of `status` in `language`. */
export function expectProblem(answer: Answer, status: number, language: Language = 'vi'): void {
  expect(problemFault(answer, language), answer.text.slice(0, 400)).to.equal(null);
  expect(answer.status, answer.text.slice(0, 400)).to.equal(status);
}
