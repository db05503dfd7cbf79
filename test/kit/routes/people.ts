import { PASSWORD, emailOf, type Person, type TestApp } from '../app.ts';
import { session, type Session } from '../browser-session.ts';
import { client, type Client } from '../client.ts';
import { multipart } from '../tenants.ts';
import type { Outcome, Sample } from './row.ts';

/** A person with both ways in: a program with a bearer token, and a browser with cookies and its form token. */
export type Caller = {
  readonly api: Client;
  readonly browser: Session;
  readonly formToken: string;
};

async function browserOf(url: string, person: Person): Promise<Pick<Caller, 'browser' | 'formToken'>> {
  const browser = session(url);
  if (person !== 'guest') await browser.signIn(emailOf(person), PASSWORD);
  const { forms } = await browser.open('/verify');
  const fields = forms.flatMap((form) => form.fields);
  return { browser, formToken: fields.find(({ name }) => name === 'csrfToken')?.value ?? '' };
}

export async function callerOf(app: TestApp, person: Person): Promise<Caller> {
  const api = client(app.url);
  if (person !== 'guest') await api.signIn(emailOf(person), PASSWORD);
  return { api, ...(await browserOf(app.url, person)) };
}

export type Reply = { readonly status: number; readonly location: string; readonly text: string };

/** Sends a sample as the route's kind of client does: JSON with a token, or a form with cookies. */
export async function ask(caller: Caller, method: string, sample: Sample): Promise<Reply> {
  if (sample.path.startsWith('/api/')) {
    const json = sample.json === undefined ? undefined : JSON.stringify(sample.json);
    const body = sample.multipart === undefined ? json : multipart(sample.multipart);
    const headers = json === undefined ? {} : { 'content-type': 'application/json' };
    const {
      status,
      text,
      headers: told,
    } = await caller.api.send(method, sample.path, {
      headers,
      ...(body === undefined ? {} : { body }),
    });
    return { status, text, location: told.get('location') ?? '' };
  }
  const fields = { ...sample.form, csrfToken: caller.formToken };
  const form =
    sample.multipart === undefined
      ? new URLSearchParams(fields)
      : multipart({ ...sample.multipart, ...fields });
  const init = method === 'GET' ? {} : { body: form };
  const response = await caller.browser.send(method, sample.path, init);
  return {
    status: response.status,
    text: await response.text(),
    location: response.headers.get('location') ?? '',
  };
}

/** The class of a reply, as the table of routes has it. */
export function outcomeOf({ status, location }: Reply): Outcome | number {
  if (status >= 300 && status < 400) return location.startsWith('/login') ? 'login' : 'ok';
  return status >= 200 && status < 300 ? 'ok' : status;
}
