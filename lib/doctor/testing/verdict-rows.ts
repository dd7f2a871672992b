// Evidence and the expected verdict: one row for each reason why no agent joins.

import {
  ASKED,
  asks,
  assigned,
  dispatched,
  failed,
  job,
  live,
  NOW,
  person,
  ROOM,
  requested,
  sent,
  started,
  told,
} from './evidence';
import { type Row, workerRows } from './worker-rows';

export const rows: readonly Row[] = [
  // An agent is or was there.
  [
    'there',
    'an agent is in the room',
    { live: live({ people: [person(), person({ isAgent: true, agent: 'front-desk' })] }) },
    { agent: 'front-desk' },
  ],
  [
    'came',
    'an agent joined and was lost',
    {
      events: [
        requested(),
        told({
          kind: 'agent_joined',
          identity: 'a',
          agent: 'front-desk',
          deployment: 'production',
        }),
        told({ kind: 'agent_left', identity: 'a', agent: 'front-desk', why: 'error' }, NOW),
      ],
    },
    { agent: 'front-desk', reason: 'error' },
  ],
  // The server.
  ['server-unreachable', 'nothing answers', { server: 'unreachable', live: undefined }],
  ['web-secret', 'our secret is wrong', { server: 'secret', live: undefined }],
  ['web-key', 'our key is unknown', { server: 'key', live: undefined }],
  ['web-clock', 'our clock is wrong', { server: 'clock', live: undefined }],
  ['server-refuses', 'it answers something else', { server: 'other', live: undefined }],
  ['no-room', 'the room is unknown', { live: undefined, events: [] }],
  [
    'unknown',
    'the database is unavailable and the room has ended',
    { live: undefined, events: undefined },
  ],
  // The caller.
  [
    'caller-never-came',
    'a token was issued and no room started',
    { live: undefined, events: [requested(), told({ kind: 'token_minted', ms: 3 }), dispatched()] },
  ],
  [
    'caller-media-blocked',
    'the caller has signalling and no media',
    { live: live({ people: [person({ active: false })] }) },
    { seconds: 20 },
  ],
  [
    'agent-media-blocked',
    'the agent has signalling and no media',
    {
      live: live({
        people: [person(), person({ isAgent: true, active: false })],
        sent: [sent({ jobs: [job] })],
      }),
    },
  ],
  [
    'agent-media-blocked',
    'the job says that it could not connect',
    { events: [dispatched(), assigned, failed('engine: could not establish pc connection')] },
  ],
  // No agent was dispatched.
  ['deployment-refused', 'the name has an underscore', asks('front-desk', 'a_b')],
  ['deployment-refused', 'the name has 65 letters', asks('front-desk', 'x'.repeat(65))],
  [
    'deployment-refused',
    'the server logs it for this room, without events',
    {
      events: [],
      live: live({ sent: [] }),
      log: [{ what: 'bad deployment', room: ROOM, at: ASKED + 60, line: 'reserved character' }],
    },
  ],
  [
    'name-in-metadata',
    'the metadata of the room names an agent',
    { events: [started], live: live({ metadata: '{"agent":"front-desk"}', sent: [] }) },
    { agent: 'front-desk' },
  ],
  [
    'automatic-expected',
    'only automatic dispatch, and all workers have names',
    { events: [started], live: live({ sent: [sent({ agent: '' })] }) },
    { other: 'front-desk' },
  ],
  [
    'token-ignored',
    'the room existed before the token',
    { live: live({ since: ASKED - 60_000, sent: [sent({ agent: '' })] }) },
  ],
  ['nobody-asked', 'no dispatch', { events: [started], live: live({ sent: [] }) }],
  ...workerRows,
];
