// Evidence and the expected verdict: one row for each reason why no agent joins.

import type { Cause } from '@/lib/doctor/diagnosis/causes';
import type { Evidence } from '@/lib/doctor/diagnosis/evidence';
import {
  ASKED,
  asks,
  assigned,
  dispatched,
  eventAt,
  failed,
  job,
  live,
  NOW,
  person,
  ROOM,
  refusedFor,
  registered,
  requested,
  sent,
  started,
  turnedAway,
  unsent,
  worker,
} from '@/lib/doctor/testing/evidence';

/** The verdict, its description, evidence other than the default, and details. */
type Row = readonly [cause: Cause, what: string, over: Partial<Evidence>, about?: object];

const workerRows: readonly Row[] = [
  // No worker accepted the job.
  [
    'on-its-way',
    'no job is listed yet, which means nothing for five seconds',
    {
      events: [{ ...requested(), at: NOW - 4_000 }],
      live: live({ since: NOW - 4_000, sent: [sent({ at: NOW - 4_000 })] }),
    },
  ],
  ['no-worker', 'no worker has that name', { ...asks('nobody-here') }],
  [
    'no-worker',
    'the name has a typing mistake',
    { ...asks('frontdesk') },
    { agent: 'frontdesk', other: 'front-desk' },
  ],
  ['no-worker', 'the catalogue has it and no worker reports it', { reports: [] }],
  [
    'no-worker',
    'an agent of the team has no worker, as far as the log shows',
    { ...asks('mine', 'staging'), log: [] },
    { agent: 'mine', deployment: 'staging', byTeam: true },
  ],
  [
    'registered-otherwise',
    'the log has a worker of that name, which did not get the call',
    { ...asks('mine', 'staging'), log: [registered('mine', 'AW_1')] },
    { agent: 'mine', deployment: 'staging' },
  ],
  [
    'no-worker',
    'the worker of that name is gone, as the log shows',
    {
      ...asks('mine', 'staging'),
      log: [registered('mine', 'AW_1'), registered('mine', 'AW_1', 'closed')],
    },
    { byTeam: true },
  ],
  [
    'other-case',
    'upper and lower case differ',
    { ...asks('Front-Desk') },
    { agent: 'Front-Desk', other: 'front-desk' },
  ],
  [
    'other-deployment',
    'the worker is on another deployment',
    asks('front-desk', 'staging'),
    { deployment: 'staging', other: 'production' },
  ],
  [
    'named-production',
    'production was written out on the wire',
    { events: [started], live: live({ sent: [sent({ namesProduction: true })] }) },
  ],
  ['full', 'every place is taken', { reports: [worker({ activeJobs: 8 })] }],
  ['full', 'the server logs it, whatever the current state', { log: [unsent('full')] }],
  [
    'full',
    'the worker refused it because it is full',
    { events: [dispatched(), refusedFor('all 8 places are taken')] },
  ],
  [
    'refused',
    'the worker refused it with a reason',
    { events: [dispatched(), refusedFor('a person has taken over in this room')] },
    { reason: 'a person has taken over in this room' },
  ],
  ['refused', 'the server logs it, without a reason', { log: [unsent('refused')] }],
  [
    'frozen',
    'it did not respond, and has stopped reporting',
    { log: [unsent('timed out')], reports: [worker({}, NOW - 15_000)] },
    { other: 'w-1', seconds: 15 },
  ],
  ['unanswered', 'it did not respond, and reports', { log: [unsent('timed out')] }],
  [
    'worker-gone',
    'it has stopped reporting, without a server log',
    { reports: [worker({}, NOW - 15_000)] },
  ],
  [
    'cannot-start',
    'the worker reports that it is broken',
    { reports: [worker({ state: 'broken', error: 'model file missing' })] },
    { reason: 'model file missing' },
  ],
  [
    'cannot-start',
    'a broken worker reports itself as full',
    { reports: [worker({ state: 'broken', error: 'e', load: 1 })], log: [unsent('full')] },
  ],
  [
    'cannot-start',
    'a broken worker refused it',
    { reports: [worker({ state: 'broken', error: 'e' })], events: [dispatched(), refusedFor('e')] },
  ],
  [
    'cannot-start',
    'a broken worker accepted it',
    {
      reports: [worker({ state: 'broken', error: 'model file missing' })],
      events: [dispatched(), assigned],
    },
  ],
  ['starting', 'the worker is starting', { reports: [worker({ state: 'starting' })] }],
  ['draining', 'the worker is being stopped', { reports: [worker({ state: 'draining' })] }],
  [
    'wrong-server',
    'it is not connected, and the server responds to us',
    { reports: [worker({ state: 'starting', error: 'not connected to livekit' })] },
  ],
  ['wrong-server', 'it is live here and unknown there', { log: [unsent('no worker')] }],
  ['worker-secret', 'the server refused a worker', { reports: [], log: [turnedAway('secret')] }],
  [
    'worker-key',
    'a report has another key',
    { reports: [], refused: { at: NOW - 1_000, why: 'key' } },
  ],
  [
    'worker-clock',
    'a report has another time',
    { reports: [], refused: { at: NOW - 1_000, why: 'clock' } },
  ],
  [
    'worker-deployment',
    'the server refuses what a worker registers',
    { reports: [], log: [{ what: 'bad worker', at: NOW - 2_000, line: 'unable to handle' }] },
  ],
  ['unknown', 'everything is fine but no agent joined', {}],
  [
    'long-ago',
    'current reports say nothing about an old call',
    { now: NOW + 3_600_000, reports: [] },
    { agent: 'front-desk' },
  ],
  ['full', 'an old log line still counts', { now: NOW + 3_600_000, log: [unsent('full')] }],
  // A worker accepted the job.
  [
    'never-joined',
    'the job was accepted and no agent joined',
    { events: [dispatched(), assigned] },
    { other: 'w-1' },
  ],
  ['never-joined', 'only LiveKit lists the job', { live: live({ sent: [sent({ jobs: [job] })] }) }],
  [
    'job-failed',
    'the job failed',
    { events: [dispatched(), assigned, failed('no such voice')] },
    { reason: 'no such voice' },
  ],
  [
    'worker-gone',
    'the worker with the job has stopped reporting',
    { events: [dispatched(), assigned], reports: [worker({}, NOW - 18_000)] },
  ],
  [
    'on-its-way',
    'the job was accepted just now',
    {
      events: [{ ...dispatched(), at: NOW - 3_000 }],
      live: live({
        since: NOW - 3_000,
        sent: [sent({ at: NOW - 3_000, jobs: [{ ...job, at: NOW - 2_900 }] })],
      }),
    },
  ],
];

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
        eventAt({
          kind: 'agent_joined',
          identity: 'a',
          agent: 'front-desk',
          deployment: 'production',
        }),
        eventAt({ kind: 'agent_left', identity: 'a', agent: 'front-desk', why: 'error' }, NOW),
      ],
    },
    { agent: 'front-desk', left: 'error' },
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
    {
      live: undefined,
      events: [requested(), eventAt({ kind: 'token_minted', ms: 3 }), dispatched()],
    },
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
  [
    'no-network',
    'the agent has signalling and no media, and the machine with the server has no network',
    { live: live({ people: [person({ isAgent: true, active: false })] }), isAlone: true },
  ],
  [
    'on-its-way',
    'the machine has no network, and that is not known to be the reason',
    {
      live: live({ people: [person({ isAgent: true, active: false, joinedAt: NOW - 1_000 })] }),
      isAlone: true,
    },
  ],
  // No agent was dispatched.
  ['deployment-refused', 'the name has an underscore', asks('front-desk', 'a_b')],
  [
    'other-deployment',
    'the name has an underscore, which LiveKit Cloud accepts',
    { ...asks('front-desk', 'a_b'), livekitUrl: 'wss://project.livekit.cloud' },
  ],
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
