// Errors of the HTTP API as RFC 9457 problem documents: every kind, its status and its title in one
// place, so that two routes cannot say the same thing in two ways.
import { ConfigError } from './config';

/** Every kind of problem: its HTTP status and its title. The kind ends the document's `type`. */
const PROBLEMS = {
  'invalid-request': [400, 'The request is not valid'],
  unauthorized: [401, 'The request is not signed'],
  'sign-in-needed': [401, 'Nobody is signed in'],
  'not-permitted': [403, 'This is not permitted'],
  'foreign-origin': [403, 'The request comes from another site'],
  'unknown-room': [404, 'There is no such room'],
  'unknown-call': [404, 'There is no such call'],
  'unknown-caller': [404, 'Nothing is kept of this caller'],
  'unknown-recording': [404, 'There is no such recording'],
  'unknown-invitation': [404, 'There is no such invitation'],
  'unknown-dispatch': [404, 'The room has no such dispatch'],
  'no-rehearsals': [404, 'No such rehearsals go on'],
  'unknown-route': [404, 'There is no such address'],
  'unknown-person': [404, 'There is no such person'],
  'unknown-key': [404, 'There is no such key'],
  'unknown-link': [404, 'This link is invalid or has expired'],
  'method-not-allowed': [405, 'This method is not allowed here'],
  'slow-body': [408, 'The request took too long to arrive'],
  'in-another-call': [409, 'This caller is in another call'],
  'identity-taken': [409, 'This identity is in use'],
  'person-exists': [409, 'This person has an account'],
  'last-admin': [409, 'Somebody has to be admin'],
  'no-live-worker': [409, 'No worker can take the job'],
  'room-exists': [409, 'The room exists already'],
  'rules-broken': [409, 'The rules file has a fault'],
  'invitation-used': [410, 'The invitation was used'],
  'invitation-expired': [410, 'The invitation has expired'],
  'room-over': [410, 'The call is over'],
  'rehearsals-running': [409, 'Rehearsals are going on'],
  'rehearsals-failed': [409, 'Its rehearsals failed'],
  'rollout-running': [409, 'A roll-out is going on'],
  'no-rollout': [409, 'No roll-out is going on'],
  'no-further-step': [409, 'There is no further step'],
  'versions-unclear': [409, 'The versions cannot be told apart'],
  'changed-elsewhere': [412, 'This was changed elsewhere'],
  'too-large': [413, 'The request is too large'],
  'unsupported-media-type': [415, 'The request is not JSON'],
  'no-such-range': [416, 'The range is not in the file'],
  'unknown-agent': [422, 'Unknown agent'],
  'unknown-deployment': [422, 'The agent has no such deployment'],
  'invalid-deployment': [422, 'This cannot be the name of a deployment'],
  'unknown-rehearsal': [422, 'There is no such rehearsal'],
  'out-of-bounds': [422, 'A value is out of bounds'],
  'not-allowed': [422, 'A field may not be set'],
  'no-version': [428, 'The request does not say which version it changes'],
  'too-many-attempts': [429, 'Too many attempts'],
  'too-many-calls': [429, 'Too many calls were started'],
  internal: [500, 'Something failed on the server'],
  'not-saved': [500, 'The change could not be saved'],
  'agents-busy': [503, 'All agents are busy'],
  'day-used-up': [503, 'The minutes of today are used up'],
  busy: [503, 'The server has too much to do'],
  'database-unavailable': [503, 'The database cannot be used'],
  'not-configured': [503, 'The server is not configured'],
  'provider-unavailable': [503, 'The organisation’s sign-in does not answer'],
  'livekit-unavailable': [503, 'The LiveKit server cannot be asked'],
} as const satisfies Record<string, readonly [number, string]>;
export type ProblemKind = keyof typeof PROBLEMS;

/** One thing that is wrong in a request: a JSON pointer into the body, and what is wrong there. */
export interface FieldError {
  pointer: string;
  detail: string;
}

/** What a problem document may carry beside the standard members. */
export interface ProblemMembers {
  /** Each wrong place in the request's body. */
  errors?: readonly FieldError[];
  /** The names that would have been right. */
  valid?: readonly string[];
  /** Settings that are wrong or missing, one line each, without their values. */
  settings?: readonly string[];
  /** Where all agents are busy: the caller's place in line, from 1, and the ticket that keeps it. */
  line?: { readonly place: number; readonly ticket: string };
}

/** An error that is answered as a problem document. `detail` is shown to whoever called. */
export class Problem extends Error {
  /**
   * Known by its shape: Next bundles each route on its own, so that what routes share through the
   * process may reject with another bundle's problem.
   */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'Problem' && 'kind' in value;
  }

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

/** A JSON pointer (RFC 6901) as RFC 9457 writes it: `#/room_config/agents/0/deployment`. */
export function pointer(...path: readonly PropertyKey[]): string {
  const escaped = path.map((part) => String(part).replaceAll('~', '~0').replaceAll('/', '~1'));
  return ['#', ...escaped].join('/');
}

/** Any thrown value as a {@link Problem}. One that is not ours says nothing of itself to the caller. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof ConfigError) {
    return new Problem(
      'not-configured',
      `${error.problems.join('; ')}.`,
      { settings: error.problems },
      {},
      { cause: error },
    );
  }
  return new Problem('internal', 'The server has logged what happened.', {}, {}, { cause: error });
}

/** The response that carries a problem. */
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
