// Allows one call per browser: a Web Lock held during a call, so that two tabs do not talk over each other. A tab can
// take the lock from another one.
const NAME = 'callboard.call';

export interface TabLock {
  /** Releases the lock; resolves when another call can take it. */
  release(): Promise<unknown>;
  /** Resolves if another tab takes the lock. */
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
 * Resolves with the lock, or with undefined if another tab has it and `take` is false. Browsers without Web Locks,
 * such as on pages without https, always get one.
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
      // Another tab has taken the lock: the request rejects while its callback still runs.
      .catch(() => {
        answer(FREE);
        taken.open();
      });
  });
}
