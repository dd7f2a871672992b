// One call at a time in one browser: a Web Lock held for as long as a call lasts, so that two tabs
// do not talk over each other unawares. The tab that starts anyway takes the lock from the other.
const NAME = 'callboard.call';

export interface TabLock {
  /** Lets go; resolves once another call may have it. */
  release(): Promise<unknown>;
  /** Resolves if another tab took the lock; never otherwise. */
  readonly taken: Promise<void>;
}

const FREE: TabLock = { release: async () => {}, taken: new Promise(() => {}) };

/** A promise and the function that resolves it. */
function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/**
 * The lock, or undefined where another tab holds it and `take` is false. Browsers without locks
 * (pages without https) are let through.
 */
export function lockCall(take: boolean): Promise<TabLock | undefined> {
  if (!navigator.locks) return Promise.resolve(FREE);
  return new Promise((answer) => {
    const over = gate();
    const taken = gate();
    const freed = navigator.locks
      .request(NAME, take ? { steal: true } : { ifAvailable: true }, async (lock) => {
        const release = () => {
          over.open();
          return freed;
        };
        answer(lock ? { release, taken: taken.opened } : undefined);
        if (lock) await over.opened;
      })
      // Taken by another tab: the request is rejected while its callback still runs.
      .catch(() => {
        answer(FREE);
        taken.open();
      });
  });
}
