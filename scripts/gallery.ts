/**
 * Every view with sample models, to look at and to test: `npx tsx scripts/gallery.ts [port]` writes static
 * HTML to `.cache/gallery` and serves it on loopback with the same content security policy as the product.
 */
import { createServer, type Server } from 'node:http';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { LANGUAGES, isLanguage, type Language } from '../src/platform/i18n.ts';
import { renderView } from '../src/platform/views.ts';
import { formSamples } from './gallery/form-samples.ts';
import { sampling, type Sample } from './gallery/frame.ts';
import { publicSamples } from './gallery/public-samples.ts';
import { traceSamples } from './gallery/trace-samples.ts';
import { workplaceSamples } from './gallery/workplace-samples.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

const POLICY = "default-src 'self'; style-src 'self'; script-src 'self'; base-uri 'none'; form-action 'self'";

/** Every sample page in one language. */
export function samplePages(language: Language): readonly Sample[] {
  const sampled = sampling(language);
  return [
    ...traceSamples(sampled),
    ...publicSamples(sampled),
    ...formSamples(sampled),
    ...workplaceSamples(sampled),
  ];
}

/** The HTML of each sample page by `path?lang=`. */
export function renderGallery(): ReadonlyMap<string, string> {
  const pages = new Map<string, string>();
  for (const language of LANGUAGES) {
    for (const { path, view, model } of samplePages(language)) {
      pages.set(`${path}?lang=${language}`, renderView(view, model));
    }
  }
  return pages;
}

function asset(path: string): { type: string; body: Buffer } | null {
  const inside = normalize(path).replace(/^\/assets\//, '');
  const type = TYPES[extname(inside)];
  if (type === undefined || inside.startsWith('..')) return null;
  const folder = inside.startsWith('fonts/') ? 'node_modules/@fontsource/be-vietnam-pro/files' : 'public';
  try {
    return { type, body: readFileSync(join(root, folder, inside.replace(/^fonts\//, ''))) };
  } catch {
    return null;
  }
}

/** Serves the gallery on loopback; port 0 takes a free one. */
export function serveGallery(port: number): Promise<Server> {
  const pages = renderGallery();
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const wanted = searchParams.get('lang');
    const language = isLanguage(wanted) ? wanted : 'vi';
    const page = pages.get(`${pathname === '/' ? '/home' : pathname}?lang=${language}`);
    const file =
      page === undefined ? asset(pathname) : { type: 'text/html; charset=utf-8', body: Buffer.from(page) };
    response.setHeader('content-security-policy', POLICY);
    if (file === null) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': file.type }).end(file.body);
  });
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)));
}

function writeGallery(): number {
  const pages = renderGallery();
  for (const [address, html] of pages) {
    const file = join(root, '.cache/gallery', `${address.slice(1).replace('?lang=', '.')}.html`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, html);
  }
  return pages.size;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const count = writeGallery();
  const port = Number(process.argv[2] ?? 4600);
  await serveGallery(port);
  process.stdout.write(
    `${count} pages in .cache/gallery, served at http://127.0.0.1:${port}/trace/genuine\n`,
  );
}
