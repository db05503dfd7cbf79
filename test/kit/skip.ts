import type { Context, Runnable } from 'mocha';

/**
 * Leaves out the test, or everything after the `before` hook, that `context` belongs to, and says why: `npm test`
 * prints the reason. The only place that may skip.
 */
export function skipBecause(context: Context, reason: string): never {
  const runnable = context.test as (Runnable & { readonly type?: string }) | undefined;
  const owner = runnable?.type === 'hook' ? runnable.parent : runnable;
  if (owner !== undefined) Object.assign(owner, { skipReason: reason });
  context.skip();
}
