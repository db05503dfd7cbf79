// A thread does not inherit the loader that lets its parent run TypeScript: here it gets one, then runs the file that
// it is given. The compiled server starts that file itself and never comes here.
import { workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
await import(workerData.file);
