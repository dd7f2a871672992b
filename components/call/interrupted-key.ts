// Whether a call was interrupted in this tab. Loaded with the page; the code that reads the call is not.

/** Key in session storage. */
export const INTERRUPTED_KEY = 'callboard.interrupted';

/** Whether a call was interrupted in this tab. */
export function isInterrupted(): boolean {
  try {
    return sessionStorage.getItem(INTERRUPTED_KEY) !== null;
  } catch {
    return false;
  }
}

/** Forgets the interrupted call, once it was resumed or dismissed. */
export function forgetInterrupted(): void {
  try {
    sessionStorage.removeItem(INTERRUPTED_KEY);
  } catch {
    // Storage is not available, so there is none.
  }
}
