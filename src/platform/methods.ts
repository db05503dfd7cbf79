import type { Express } from 'express';
import { Problem } from './problem.ts';

/** A path and what is answered there. */
export type Offered = { readonly path: string; readonly method: string; readonly surface: 'api' | 'page' };

/**
 * After the routes: a method that a path does not have is answered with 405 and the ones that it has
 * (RFC 9110 §15.5.6); OPTIONS with those alone (§9.3.7).
 */
export function refuseOtherMethods(app: Express, offered: readonly Offered[]): void {
  for (const path of new Set(offered.map((route) => route.path))) {
    const routes = offered.filter((route) => route.path === path);
    const methods = routes.map(({ method }) => method.toUpperCase());
    const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].sort().join(', ');
    app.route(path).all((request, response) => {
      response.locals['surface'] = routes[0]?.surface;
      response.locals['route'] = path;
      if (request.method !== 'OPTIONS')
        throw new Problem('method-not-allowed', { headers: { Allow: allow } });
      response.status(204).set('Allow', allow).end();
    });
  }
}
