// Why the microphone is unavailable. Each cause has its own text and fix.

/** lost: it worked in this call and was unplugged; withheld: nobody is asked, see {@link WithheldError}. */
export type MicProblem =
  | 'blocked'
  | 'in-use'
  | 'none'
  | 'insecure'
  | 'withheld'
  | 'lost'
  | 'unknown';

/** The name of a thrown value: in some browsers media errors are not `Error`s. */
export function errorName(error: unknown): string {
  return typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : '';
}

/**
 * The cause of a failed `getUserMedia`, by the names of its DOMExceptions.
 * @see https://www.w3.org/TR/mediacapture-streams/#dom-mediadevices-getusermedia
 */
export function micProblem(error: unknown): MicProblem {
  switch (errorName(error)) {
    case 'NotAllowedError':
    case 'PermissionDeniedError':
    case 'SecurityError':
      return 'blocked';
    case 'NotReadableError':
    case 'TrackStartError':
    case 'AbortError':
      return 'in-use';
    case 'NotFoundError':
    case 'DevicesNotFoundError':
    case 'OverconstrainedError':
      return 'none';
    case 'InsecureContextError':
      return 'insecure';
    case 'WithheldError':
      return 'withheld';
    default:
      return 'unknown';
  }
}

/** Thrown instead of calling `getUserMedia`, which pages without HTTPS do not have. */
export class InsecureContextError extends Error {
  override readonly name = 'InsecureContextError';
}

/** Thrown where the site, such as by its Permissions-Policy, or the browser lets no page ask for a microphone. */
export class WithheldError extends Error {
  override readonly name = 'WithheldError';
}
