import type { Context } from 'mocha';
import { closeTestDatabase } from './database.ts';
import { gapOfServer } from './ferretdb-gaps.ts';
import { skipBecause } from './skip.ts';

/** What mocha does around a whole run; it is named in package.json, so it holds for single files too. */
export const mochaHooks = {
  async beforeEach(this: Context): Promise<void> {
    const gap = await gapOfServer(this.currentTest?.fullTitle() ?? '');
    if (gap !== null) skipBecause(this, gap);
  },
  async afterAll(): Promise<void> {
    await closeTestDatabase();
  },
};
