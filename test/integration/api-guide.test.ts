import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { testApp, type TestApp } from '../kit/app.ts';

const guide = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8');

/** A line of the guide that calls curl, as a request. */
function requestOf(line: string): { readonly path: string; readonly init: RequestInit } {
  const path = /http:\/\/localhost:3000([^"\s]*)/.exec(line)?.[1] ?? '';
  const body = /-d '([^']*)'/.exec(line)?.[1];
  const headers = Object.fromEntries(
    [...line.matchAll(/-H "([^:]+): ([^"]+)"/g)].map(([, name = '', value = '']) => [name, value]),
  );
  return { path, init: { headers, ...(body === undefined ? {} : { method: 'POST', body }) } };
}

describe('the guide to the API', () => {
  let app: TestApp;
  before(async () => {
    app = await testApp();
  });
  after(async () => app.stop());

  const calls = guide.split('\n').filter((line) => line.startsWith('curl '));

  it('has calls to try', () => {
    expect(calls.length).to.be.greaterThan(2);
  });

  for (const line of calls) {
    it(`answers \`${line}\``, async () => {
      const { path, init } = requestOf(line);

      const answer = await fetch(app.url + path, init);

      expect(answer.status, await answer.clone().text()).to.equal(200);
      expect(answer.headers.get('content-type')).to.match(/^application\/json/);
    });
  }
});
