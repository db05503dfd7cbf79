/** How often somebody who waits looks whether there was a write. */
const LOOK_MS = 20;

/** Where `getMore` of `awaitData` cursors waits for the next write. */
export type WaitingRoom<Order> = {
  /** Asks now, and again after each write until there is an answer or the time is over. */
  ask(order: Order): void;
  /** Asks all again: a cursor was killed. */
  askAgain(): void;
  close(): void;
};

/**
 * @param ask answers the order, or says how many milliseconds it may wait; the last time it has to answer
 * @param version another value after each write
 */
export function waitingRoom<Order>({
  ask,
  version,
}: {
  readonly ask: (order: Order, isLast: boolean) => number | null;
  readonly version: () => unknown;
}): WaitingRoom<Order> {
  const dueTimes = new Map<Order, number>();
  let timer: NodeJS.Timeout | null = null;
  let seen: unknown = null;
  const look = (): void => {
    const current = version();
    const now = performance.now();
    for (const [order, dueAt] of [...dueTimes]) {
      const isLast = now >= dueAt;
      if ((isLast || current !== seen) && ask(order, isLast) === null) dueTimes.delete(order);
    }
    seen = current;
    timer = null;
    schedule();
  };
  const schedule = (): void => {
    if (dueTimes.size === 0 || timer !== null) return;
    const nextMs = Math.min(...dueTimes.values()) - performance.now();
    timer = setTimeout(look, Math.min(Math.max(nextMs, 0), LOOK_MS));
  };
  return {
    ask(order) {
      const waitMs = ask(order, false);
      if (waitMs === null) return;
      dueTimes.set(order, performance.now() + waitMs);
      schedule();
    },
    askAgain() {
      for (const order of [...dueTimes.keys()]) if (ask(order, false) === null) dueTimes.delete(order);
    },
    close() {
      if (timer !== null) clearTimeout(timer);
      dueTimes.clear();
    },
  };
}
