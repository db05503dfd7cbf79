import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { renderGallery, samplePages } from '../../../scripts/gallery.ts';
import { renderView } from '../../../src/platform/views.ts';
import { VERDICT_SHAPES, type TracePageModel } from '../../../src/features/trace/view-model.ts';

const TRACE_PAGE_MAX_BYTES = 30 * 1024;

const pages = renderGallery();

function page(address: string): string {
  const html = pages.get(address);
  if (html === undefined) throw new RangeError(`The gallery has no ${address}`);
  return html;
}

function traceModel(path: string): TracePageModel {
  const sample = samplePages('vi').find((candidate) => candidate.path === path);
  if (sample === undefined) throw new RangeError(`The gallery has no ${path}`);
  return sample.model as TracePageModel;
}

const file = (path: string) => readFileSync(new URL(`../../../public/${path}`, import.meta.url));

describe('every view, in both languages', () => {
  for (const [address, html] of pages) {
    it(`${address} has a word for everything it shows`, () => {
      const holes = html.match(/undefined|\[object|NaN|=>/g);

      expect(holes).to.equal(null);
    });

    it(`${address} keeps the content security policy: nothing inline, nothing from elsewhere`, () => {
      const refused = html.match(/ style=|<style| on[a-z]+="|<script(?![^>]* src="\/assets\/)|(?:src|srcset)="(?:https?:)?\/\//g);

      expect(refused).to.equal(null);
    });

    it(`${address} names each element once, and only elements that are there`, () => {
      const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
      const named = [...html.matchAll(/ (?:for|aria-describedby|aria-labelledby|data-reveal)="([^"]*)"/g)];

      expect(new Set(ids).size).to.equal(ids.length);
      expect(ids).to.include.members(named.flatMap(([, list = '']) => list.split(' ').filter((id) => id !== '')));
    });

    it(`${address} has one main heading, and a token in every form that changes something`, () => {
      const headings = html.match(/<h1[ >]/g);
      const posts = html.match(/<form[^>]*method="post"/g) ?? [];
      const tokens = html.match(/name="csrfToken"/g) ?? [];

      expect(headings).to.have.length(1);
      expect(tokens).to.have.length(posts.length);
    });
  }
});

describe('the trace page', () => {
  it('weighs under 30 KB compressed before photos and type', () => {
    const parts = [page('/trace/recalled?lang=vi'), file('trace.css'), file('js/trace.js'), file('js/code-box.js')];

    const bytes = parts.reduce((sum, part) => sum + gzipSync(part).length, 0);

    expect(bytes).to.be.below(TRACE_PAGE_MAX_BYTES);
  });

  it('gives each verdict a shape of its own', () => {
    const shapes = Object.values(VERDICT_SHAPES);

    expect(new Set(shapes).size).to.equal(shapes.length);
  });

  for (const kind of Object.keys(VERDICT_SHAPES)) {
    it(`answers ${kind} with the stamp before anything else on the page`, () => {
      const content = page(`/trace/${kind}?lang=vi`).split('<main')[1] ?? '';

      expect(content.indexOf(`class="stamp ${kind}"`)).to.be.greaterThan(-1);
      expect(content.indexOf(`class="stamp ${kind}"`)).to.be.lessThan(content.indexOf('<h2'));
    });
  }

  it('names no cooperative and no product when the code is unknown', () => {
    const content = page('/trace/unknown?lang=vi').split('<main')[1]?.split('</main>')[0] ?? '';

    expect(content).not.to.match(/Mây Ngủ|class="product"|\/cooperative|tel:/);
    expect(content).to.contain('name="code"');
  });

  it('shows stars only while the OCOP rank is valid', () => {
    const valid = page('/trace/genuine?lang=vi');
    const lapsed = page('/trace/expired?lang=vi');

    expect(valid.match(/class="stars"/g)).to.have.length(1);
    expect(lapsed).not.to.contain('class="stars"');
    expect(lapsed).to.contain('OCOP hết hạn 06/2026');
  });

  it('keeps the first version of a corrected event readable', () => {
    const html = page('/trace/genuine?lang=vi');

    expect(html).to.contain('<li class="mended">');
    expect(html).to.contain('<del>98 kg</del>');
  });

  it('says nothing of proof, certificates or contact that does not exist', () => {
    const html = page('/trace/bare?lang=en');

    expect(html).not.to.match(/cannot be rewritten|class="card certificate"|tel:|mailto:/);
  });

  it('shows what a cooperative wrote as text, never as markup', () => {
    const model = traceModel('/trace/genuine');
    const subject = model.subject;
    if (subject === null) throw new RangeError('A genuine label has a subject');
    const hostile = { ...subject.product, name: '<img src=x onerror="alert(1)">' };

    const html = renderView('trace/page', { ...model, subject: { ...subject, product: hostile } });

    expect(html).not.to.contain('<img src=x');
    expect(html).to.contain('&lt;img src=x');
  });

  it('links to no script that the page needs in order to be read', () => {
    const scripts = page('/trace/genuine?lang=vi').match(/<script[^>]*>/g) ?? [];

    expect(scripts).to.deep.equal(['<script src="/assets/js/trace.js" type="module">']);
  });
});
