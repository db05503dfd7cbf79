// A thread does not inherit the loader that lets its parent run TypeScript: here it gets one, then runs
// `maker-thread.ts`. The compiled server starts `maker-thread.js` itself and never comes here.
import { register } from 'tsx/esm/api';

register();
await import('./maker-thread.ts');
