// Polling that stops while the page is hidden.

interface PollOptions {
  readonly everyMs: number;
  /** Whether to start with a request instead of a pause. */
  readonly now: boolean;
}

/** Repeats `load`, one request at a time, and at once when the page becomes visible. Returns the function that stops it. */
export function poll(load: () => Promise<void>, { everyMs, now }: PollOptions): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let over = false;
  const wait = () => {
    clearTimeout(timer);
    if (!over) timer = setTimeout(round, everyMs);
  };
  const round = async () => {
    clearTimeout(timer);
    if (document.hidden) return;
    try {
      await load();
    } catch (error) {
      // An error of the page, which must not end the polling.
      console.error(error);
    }
    wait();
  };
  document.addEventListener('visibilitychange', round);
  if (now) void round();
  else wait();
  return () => {
    over = true;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', round);
  };
}
