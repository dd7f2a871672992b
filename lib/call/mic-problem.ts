// Why the microphone is unavailable. Each cause has its own text and fix.

/**
 * insecure: a page without HTTPS cannot ask; withheld: the site does not let it ask, by a Permissions-Policy; unsupported: the
 * browser lets no page ask.
 */
export type MicBarrier = 'insecure' | 'withheld' | 'unsupported';

/** lost: it worked in this call and was unplugged; paused: the device gives silence, as phones do during a phone call. */
export type MicProblem = 'blocked' | 'in-use' | 'none' | 'lost' | 'paused' | 'unknown' | MicBarrier;

/** Thrown instead of calling `getUserMedia` where a page cannot ask. */
export class MicBarrierError extends Error {
  constructor(readonly barrier: MicBarrier) {
    super(`The page cannot ask for a microphone: ${barrier}`);
  }
}

/** The name of a thrown value: in some browsers media errors are not `Error`s. */
export function errorName(error: unknown): string {
  return typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : '';
}

/**
 * The cause of a failed `getUserMedia`, by the names of its DOMExceptions.
 * @see https://www.w3.org/TR/mediacapture-streams/#dom-mediadevices-getusermedia
 */
export function micProblem(error: unknown): MicProblem {
  if (error instanceof MicBarrierError) return error.barrier;
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
    default:
      return 'unknown';
  }
}
