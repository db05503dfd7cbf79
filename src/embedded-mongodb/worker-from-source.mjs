// A thread does not inherit the loader that lets its parent run TypeScript: here it gets one, then runs `worker.ts`.
// The compiled server starts `worker.js` itself and never comes here.
import { register } from 'tsx/esm/api';

register();
await import('./worker.ts');
