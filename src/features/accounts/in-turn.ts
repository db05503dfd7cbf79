/**
 * Runs the work of one key one after another: of a hundred passwords tried at once, each finds what the one
 * before it left. Works within a process; between processes the counts in the database are what holds.
 */
export function inTurn(): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const before = last.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    // A failure is the caller's to see; whoever waits only needs to know that it is over.
    const over = mine.then(
      () => undefined,
      () => undefined,
    );
    last.set(key, over);
    try {
      return await mine;
    } finally {
      if (last.get(key) === over) last.delete(key);
    }
  };
}
