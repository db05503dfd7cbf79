import { parentPort } from 'node:worker_threads';
import { loadFonts } from './fonts.ts';
import { failureOf, type CheckRequest, type MakerReply } from './maker-messages.ts';
import { checkRun } from './self-check.ts';
import { symbolReader } from './symbol-reader.ts';

/** The thread that reads labels before they are released. It ends soon, and its reader's memory with it. */

const fonts = loadFonts();
const read = symbolReader();

parentPort?.on('message', ({ id, job }: CheckRequest) => {
  const say = (reply: MakerReply): void => parentPort?.postMessage(reply);
  checkRun(job, { fonts, read }).then(
    (result) => {
      say({ kind: 'checked', id, result });
    },
    (error: unknown) => {
      say(failureOf(id, error));
    },
  );
});
