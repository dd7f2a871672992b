// Why there is no microphone, told apart: each cause has its own words and its own way on.

/** lost: it worked in this call and was unplugged. */
export type MicProblem = 'blocked' | 'in-use' | 'none' | 'insecure' | 'lost' | 'unknown';

/** The name of whatever was thrown: not every browser's media errors are `Error`s. */
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
    default:
      return 'unknown';
  }
}

/** Thrown in place of a `getUserMedia` that a page without https does not have. */
export class InsecureContextError extends Error {
  override readonly name = 'InsecureContextError';
}
