import type { Context, Runnable } from 'mocha';

/**
 * Leaves out what `context` belongs to, a test, or all tests after a `before` hook, and says why: `npm test` prints
 * the reason.
 */
export function skipBecause(context: Context, reason: string): never {
  const runnable = context.test as (Runnable & { readonly type?: string }) | undefined;
  const isHook = runnable?.type === 'hook';
  const beforeEach = isHook && runnable.title.includes('before each');
  const owner = beforeEach ? context.currentTest : isHook ? runnable.parent : runnable;
  if (owner !== undefined) Object.assign(owner, { skipReason: reason });
  return context.skip();
}
