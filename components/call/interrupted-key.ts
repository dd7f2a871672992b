// Whether a call was interrupted in this tab. Part of the page's first load; what is read of the call is not.

/** Key in session storage. */
export const INTERRUPTED_KEY = 'callboard.interrupted';

/** Whether this tab has a call that was interrupted. */
export function isInterrupted(): boolean {
  try {
    return sessionStorage.getItem(INTERRUPTED_KEY) !== null;
  } catch {
    return false;
  }
}

/** Forgets it: it was returned to, or put away. */
export function forgetInterrupted(): void {
  try {
    sessionStorage.removeItem(INTERRUPTED_KEY);
  } catch {
    // There is none.
  }
}
