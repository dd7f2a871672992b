// Errors of the HTTP API as RFC 9457 problem documents: every kind with its status and title in one place,
// so that all routes use the same wording.
import { isConfigError } from '@/lib/core/config';

/**
 * Every kind of problem with its HTTP status and title. The document's `type` ends with the kind.
 */
const PROBLEMS = {
  'invalid-request': [400, 'The request is invalid'],
  unauthorized: [401, 'The request signature is missing or invalid'],
  'sign-in-needed': [401, 'Sign-in is required'],
  'sign-in-failed': [401, 'The sign-in failed'],
  'not-permitted': [403, 'Permission denied'],
  'feature-off': [403, 'This feature is turned off'],
  'foreign-origin': [403, 'The request comes from another site'],
  'unknown-room': [404, 'Unknown room'],
  'unknown-call': [404, 'Unknown call'],
  'unknown-caller': [404, 'Unknown caller'],
  'unknown-recording': [404, 'Unknown recording'],
  'unknown-invitation': [404, 'Unknown invitation'],
  'unknown-dispatch': [404, 'Unknown dispatch'],
  'no-simulations': [404, 'Unknown simulation run'],
  'unknown-route': [404, 'Unknown route'],
  'unlisted-agent': [404, 'Unknown agent'],
  'unknown-person': [404, 'Unknown user'],
  'unknown-key': [404, 'Unknown API key'],
  'unknown-passkey': [404, 'Unknown passkey'],
  'unknown-link': [404, 'This link is invalid or has expired'],
  'method-not-allowed': [405, 'Method not allowed'],
  'slow-body': [408, 'The request took too long to arrive'],
  'in-another-call': [409, 'The caller is already in a call'],
  'identity-taken': [409, 'The identity is already in use'],
  'person-exists': [409, 'The user already exists'],
  'last-admin': [409, 'At least one admin is required'],
  'no-agent': [409, 'No agent is in the call'],
  'agent-cannot-hear': [409, 'The agent cannot receive notes'],
  'no-live-worker': [409, 'No worker is available'],
  'room-exists': [409, 'The room already exists'],
  'agent-exists': [409, 'The agent already exists'],
  'agent-in-code': [409, 'The agent cannot be changed here'],
  'invitation-used': [410, 'The invitation has already been used'],
  'invitation-expired': [410, 'The invitation has expired'],
  'room-over': [410, 'The call has ended'],
  'simulations-running': [409, 'Simulations are already running'],
  'simulations-failed': [409, 'The simulations failed'],
  'rollout-running': [409, 'A rollout is already running'],
  'no-rollout': [409, 'No rollout is running'],
  'no-further-step': [409, 'The rollout has no further step'],
  'step-not-checked': [409, 'This step was not checked yet'],
  'versions-unclear': [409, 'The versions cannot be distinguished'],
  'changed-elsewhere': [412, 'Changed by another request'],
  'too-large': [413, 'The request is too large'],
  'unsupported-media-type': [415, 'Unsupported media type'],
  'no-such-range': [416, 'The requested range is invalid'],
  'unknown-agent': [422, 'Unknown agent'],
  'unknown-deployment': [422, 'Unknown deployment'],
  'invalid-deployment': [422, 'Deployment name is invalid'],
  'unknown-simulation': [422, 'Unknown simulation'],
  'out-of-bounds': [422, 'A value is out of range'],
  'not-allowed': [422, 'A field is not allowed'],
  'not-storable': [422, 'The data cannot be stored'],
  'no-version': [428, 'The If-Match header is required'],
  'too-many-attempts': [429, 'Too many attempts'],
  'too-many-calls': [429, 'Too many calls'],
  'too-many-streams': [429, 'Too many open streams'],
  internal: [500, 'Internal server error'],
  'not-saved': [500, 'The change could not be saved'],
  'agent-stays': [503, 'The agent is still in the room'],
  'agents-busy': [503, 'All agents are busy'],
  'day-used-up': [503, 'The minutes of today are used up'],
  busy: [503, 'The server is busy'],
  'database-unavailable': [503, 'The database is unavailable'],
  'not-configured': [503, 'The server is not configured'],
  'provider-unavailable': [503, 'The sign-in provider is unavailable'],
  'livekit-unavailable': [503, 'The LiveKit server is unavailable'],
} as const satisfies Record<string, readonly [number, string]>;
export type ProblemKind = keyof typeof PROBLEMS;

/** The HTTP status of a kind of problem. */
export const statusOf = (kind: ProblemKind): number => PROBLEMS[kind][0];

/** The kinds of problems. */
export const PROBLEM_KINDS = Object.keys(PROBLEMS) as readonly ProblemKind[];

/** One error in a request: a JSON pointer into the body, and what is wrong there. */
export interface FieldError {
  pointer: string;
  detail: string;
}

/** Extension members of a problem document. */
export interface ProblemMembers {
  /** All errors in the request's body. */
  errors?: readonly FieldError[];
  /** The valid names. */
  valid?: readonly string[];
  /** Invalid or missing settings, one line each, without their values. */
  settings?: readonly string[];
  /** If all agents are busy: the caller's queue position, from 1, and the ticket that keeps it. */
  queue?: { readonly position: number; readonly ticket: string };
  /** `queue` as of before 0.2, for one release. */
  line?: { readonly place: number; readonly ticket: string };
}

/** An error that is returned as a problem document. `detail` is shown to the client. */
export class Problem extends Error {
  constructor(
    readonly kind: ProblemKind,
    readonly detail: string,
    readonly members: ProblemMembers = {},
    readonly headers: Record<string, string> = {},
    options?: ErrorOptions,
  ) {
    super(detail, options);
    this.name = 'Problem';
  }
}

/**
 * Whether an error is a problem. By its shape: Next.js bundles each route separately, so the class of an error that routes
 * share through the server may be another bundle's.
 */
export const isProblem = (error: unknown): error is Problem =>
  error instanceof Error && error.name === 'Problem' && 'kind' in error;

/** A JSON pointer (RFC 6901) as RFC 9457 writes it: `#/room_config/agents/0/deployment`. */
export function pointer(...path: readonly PropertyKey[]): string {
  const escaped = path.map((part) => String(part).replaceAll('~', '~0').replaceAll('/', '~1'));
  return ['#', ...escaped].join('/');
}

/** An error of a field as a sentence without its full stop: "deployments/0/name must not be blank". */
export function fieldSentence({ pointer: at, detail }: FieldError): string {
  const name = at.replace(/^#\/?/, '').replaceAll('~1', '/').replaceAll('~0', '~');
  return `${name || 'The body'} ${detail}`;
}

/** Converts any thrown value to a {@link Problem}. Unexpected errors reveal nothing to the client. */
export function toProblem(error: unknown): Problem {
  if (isProblem(error)) return error;
  if (isConfigError(error)) {
    return new Problem(
      'not-configured',
      // Callers read it; the names of settings are in `settings`, and in the log.
      'The settings of this server are invalid. Its log lists what is wrong.',
      { settings: error.problems },
      {},
      { cause: error },
    );
  }
  return new Problem('internal', 'See the server log for details.', {}, {}, { cause: error });
}

/** The HTTP response with a problem document. */
export function problemResponse({ kind, detail, members, headers }: Problem): Response {
  const [status, title] = PROBLEMS[kind];
  const document = { type: `urn:callboard:problem:${kind}`, title, status, detail, ...members };
  return new Response(JSON.stringify(document), {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...headers,
    },
  });
}
