// The right that each route and method wants, in one table. A route that is not in it answers nobody
// but this machine's own local mode, and fails `routes.test.ts`.
import type { Right } from './rights';

/** What a method of a route wants. */
export interface RouteRule {
  /**
   * `open`: anybody, the route itself looks further where it has to. `signed`: whoever signed the body
   * with the LiveKit secret, which the route checks itself.
   */
  readonly right: Right | 'open' | 'signed';
  /** How the audit log calls what was done; not set where nothing is changed. */
  readonly audit?: string;
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
const open: RouteRule = { right: 'open' };
const signed: RouteRule = { right: 'signed' };
const to = (right: Right, audit?: string): RouteRule => ({ right, audit });

/** By the route's path, as its folder under `app` is called. */
export const ROUTES: Readonly<Record<string, Partial<Readonly<Record<Method, RouteRule>>>>> = {
  '/api/account/keys': { GET: to('account'), POST: to('account', 'key made') },
  '/api/account/keys/[id]': { DELETE: to('account', 'key deleted') },
  // Strangers are told of public agents only.
  '/api/agents': { GET: open },
  '/api/agents/stats': { GET: to('watch') },
  '/api/auth/[...all]': { GET: open, POST: open },
  '/api/bookings': { GET: to('desk') },
  '/api/bookings.ics': { GET: to('desk') },
  // A caller keeps what they booked in calls of their own.
  '/api/bookings/[id]/calendar.ics': { GET: to('history') },
  '/api/bookings/[id]/cancel': { POST: to('desk', 'appointment cancelled') },
  // Callers get their own.
  '/api/calls': { GET: to('history') },
  '/api/calls/changes': { GET: to('history') },
  '/api/calls/[id]': { GET: to('history'), DELETE: to('delete', 'call deleted') },
  '/api/calls/[id]/recordings/[n]': { GET: to('history') },
  '/api/calls/[id]/transcript': { GET: to('history') },
  '/api/callers/[identity]': { DELETE: to('delete', 'caller deleted') },
  '/api/callers/[identity]/export': { GET: to('watch') },
  '/api/dispatch-agent': { POST: to('dispatch', 'agent sent') },
  '/api/doctor': { GET: to('doctor') },
  '/api/doctor/connection': { POST: to('doctor') },
  '/api/health': { GET: open },
  // Whoever has an invitation's link may use it, once.
  '/api/invitations/[invitation]': { GET: open, POST: open },
  '/api/letta/agents': { GET: to('call') },
  '/api/metrics': { GET: to('watch') },
  '/api/people': { GET: to('people'), POST: to('people', 'person invited') },
  '/api/people/[id]': {
    PUT: to('people', 'role changed'),
    DELETE: to('people', 'person removed'),
  },
  // Whoever has the link that an admin gave them.
  '/api/people/welcome/[link]': { POST: open },
  '/api/rehearsals': { GET: to('watch'), POST: to('dispatch', 'rehearsals started') },
  '/api/rehearsals/reports': { POST: to('dispatch') },
  '/api/rehearsals/sessions/[id]': { DELETE: to('dispatch', 'rehearsals stopped') },
  '/api/rooms': { GET: to('watch'), POST: to('dispatch', 'room made') },
  '/api/rooms/[room]': { DELETE: to('dispatch', 'room ended') },
  // Callers in the room they are in.
  '/api/rooms/[room]/dispatches': { GET: to('watch'), POST: to('call', 'agent sent') },
  '/api/rooms/[room]/dispatches/[id]': {
    GET: to('watch'),
    DELETE: to('dispatch', 'agent taken out'),
  },
  '/api/rooms/[room]/invitations': { POST: to('call', 'colleague invited') },
  '/api/rooms/[room]/listen': { POST: to('watch', 'call listened to') },
  '/api/rules': { GET: to('watch'), PUT: to('rules', 'rules changed') },
  // Strangers get to public agents: see `token.ts`.
  '/api/token': { POST: open },
  '/api/webhooks/livekit': { POST: signed },
  '/api/workers/bookings': { POST: signed },
  '/api/workers/events': { POST: signed },
  '/api/workers/lifeline': { POST: signed },
  '/api/workers/reports': { POST: signed },
};
