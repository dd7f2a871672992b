// What was seen where an agent was sent for and its workers did not bring it, and the verdict.
import type { Cause } from '../why/cause';
import type { Evidence } from '../why/evidence';
import {
  asks,
  assigned,
  dispatched,
  failed,
  job,
  live,
  NOW,
  refusedFor,
  sent,
  started,
  told,
  turnedAway,
  unsent,
  worker,
} from './evidence';

/** The verdict, what was seen in words, the evidence where it is not the usual, and what it is about. */
export type Row = readonly [cause: Cause, what: string, over: Partial<Evidence>, about?: object];

export const workerRows: readonly Row[] = [
  // Nobody took it.
  [
    'on-its-way',
    'no job is listed yet, which means nothing for five seconds',
    {
      events: [
        told(
          {
            kind: 'requested',
            origin: 'page',
            agent: 'front-desk',
            deployment: 'production',
            identity: 'c',
          },
          NOW - 4_000,
        ),
      ],
      live: live({ since: NOW - 4_000, sent: [sent({ at: NOW - 4_000 })] }),
    },
  ],
  ['no-worker', 'nobody has that name', { ...asks('nobody-here') }],
  [
    'no-worker',
    'the name has a typing mistake',
    { ...asks('frontdesk') },
    { agent: 'frontdesk', other: 'front-desk' },
  ],
  ['no-worker', 'the catalogue has it and nobody reports it', { reports: [] }],
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
    { events: [started], live: live({ sent: [sent({ deployment: 'production' })] }) },
  ],
  ['full', 'every place is taken', { reports: [worker({ activeJobs: 8 })] }],
  ['full', 'the server says so, whatever is the case now', { log: [unsent('full')] }],
  [
    'full',
    'the worker refused it for that',
    { events: [dispatched(), refusedFor('all 8 places are taken')] },
  ],
  [
    'refused',
    'the worker refused it and said why',
    { events: [dispatched(), refusedFor('a person has taken over in this room')] },
    { reason: 'a person has taken over in this room' },
  ],
  ['refused', 'the server says so, and nobody told why', { log: [unsent('refused')] }],
  [
    'frozen',
    'it was silent, and is since',
    { log: [unsent('timed out')], reports: [worker({}, NOW - 15_000)] },
    { other: 'w-1', seconds: 15 },
  ],
  ['unanswered', 'it was silent, and reports', { log: [unsent('timed out')] }],
  [
    'worker-gone',
    'it reports no more, and nobody can say what the server saw',
    { reports: [worker({}, NOW - 15_000)] },
  ],
  [
    'cannot-start',
    'the worker says that it is broken',
    { reports: [worker({ state: 'broken', error: 'model file missing' })] },
    { reason: 'model file missing' },
  ],
  [
    'cannot-start',
    'a broken worker calls itself full',
    { reports: [worker({ state: 'broken', error: 'e', load: 1 })], log: [unsent('full')] },
  ],
  [
    'cannot-start',
    'a broken worker refused it',
    { reports: [worker({ state: 'broken', error: 'e' })], events: [dispatched(), refusedFor('e')] },
  ],
  [
    'cannot-start',
    'a broken worker took it',
    {
      reports: [worker({ state: 'broken', error: 'model file missing' })],
      events: [dispatched(), assigned],
    },
  ],
  ['starting', 'the worker is starting', { reports: [worker({ state: 'starting' })] }],
  ['draining', 'the worker is being stopped', { reports: [worker({ state: 'draining' })] }],
  [
    'wrong-server',
    'it is connected to nothing, and the server answers us',
    { reports: [worker({ state: 'starting', error: 'not connected to livekit' })] },
  ],
  ['wrong-server', 'it is live here and unknown there', { log: [unsent('no worker')] }],
  [
    'worker-secret',
    'the server turned a worker away',
    { reports: [], log: [turnedAway('secret')] },
  ],
  [
    'worker-key',
    'a report came with another key',
    { reports: [], refused: { at: NOW - 1_000, why: 'key' } },
  ],
  [
    'worker-clock',
    'a report came from another time',
    { reports: [], refused: { at: NOW - 1_000, why: 'clock' } },
  ],
  [
    'worker-deployment',
    'the server refuses what a worker registers',
    { reports: [], log: [{ what: 'bad worker', at: NOW - 2_000, line: 'unable to handle' }] },
  ],
  ['unknown', 'all is well and nobody came', {}],
  [
    'long-ago',
    'what workers report now says nothing of then',
    { now: NOW + 3_600_000, reports: [] },
    { agent: 'front-desk' },
  ],
  ['full', 'what the server wrote then holds', { now: NOW + 3_600_000, log: [unsent('full')] }],
  // Somebody took it.
  [
    'never-joined',
    'the job was taken and nobody joined',
    { events: [dispatched(), assigned] },
    { other: 'w-1' },
  ],
  ['never-joined', 'LiveKit alone says so', { live: live({ sent: [sent({ jobs: [job] })] }) }],
  [
    'job-failed',
    'the job failed',
    { events: [dispatched(), assigned, failed('no such voice')] },
    { reason: 'no such voice' },
  ],
  [
    'worker-gone',
    'the worker with the job is silent',
    { events: [dispatched(), assigned], reports: [worker({}, NOW - 18_000)] },
  ],
  [
    'on-its-way',
    'the job was taken just now',
    {
      events: [
        told(
          { kind: 'dispatched', agent: 'front-desk', deployment: 'production', by: 'api' },
          NOW - 3_000,
        ),
      ],
      live: live({
        since: NOW - 3_000,
        sent: [sent({ at: NOW - 3_000, jobs: [{ ...job, at: NOW - 2_900 }] })],
      }),
    },
  ],
];
