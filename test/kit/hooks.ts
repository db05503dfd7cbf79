import { closeTestDatabase } from './database.ts';

/** What mocha does around a whole run; it is named in package.json, so it holds for single files too. */
export const mochaHooks = {
  async afterAll(): Promise<void> {
    await closeTestDatabase();
  },
};
