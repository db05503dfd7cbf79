import { everyone } from '../../platform/access.ts';
import { openApiDocument, templateOf, type Described } from '../../platform/openapi.ts';
import { api, html, ok, type Route } from '../../platform/routing.ts';

/** The API changes with a new version of the server only. */
const CACHE = { 'Cache-Control': 'public, max-age=300' };

/**
 * The API about itself: an index and its OpenAPI description, made once from the routes as they are mounted.
 * @param routes called at the first request, when every feature's routes are known
 */
export function apiRoutes(routes: () => readonly Route[], about: Described): readonly Route[] {
  let document: object | undefined;
  return [
    api.get(
      '',
      everyone(),
      () => {
        const lists = routes()
          .filter(({ surface, method, path, access }) => {
            const readable = surface === 'api' && method === 'get' && access.who === 'everyone';
            return readable && path !== '' && !path.includes(':');
          })
          .map(({ path, doc }) => ({ path: templateOf(path), summary: doc?.summary ?? '' }));
        return ok(
          {
            name: 'Nguồn',
            version: about.version,
            description: `${about.publicUrl}/api/openapi.json`,
            problems: `${about.publicUrl}/problems`,
            items: lists,
          },
          CACHE,
        );
      },
      { doc: { summary: 'Where to begin: what anyone may read, and where the API is described' } },
    ),
    html.get('/api/openapi.json', everyone(), () => {
      document ??= openApiDocument(routes(), about);
      return ok(document, CACHE);
    }),
  ];
}
