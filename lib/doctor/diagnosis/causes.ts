// All verdicts on a room without an agent. Their texts are the messages `why`.
import type { FindingState } from '@/lib/core/finding';

/** What a verdict has besides its texts. */
export interface Kind {
  readonly state: FindingState;
  /** The page that helps. */
  readonly page?: 'agents' | 'calls' | 'rules' | 'doctor';
}

/** How bad each verdict is, and where to go on. */
export const CAUSES = {
  'agent-media-blocked': { state: 'fail' },
  'no-network': { state: 'fail' },
  refused: { state: 'fail', page: 'agents' },
  full: { state: 'fail', page: 'agents' },
  'no-worker': { state: 'fail', page: 'agents' },
  'registered-otherwise': { state: 'fail', page: 'agents' },
  'worker-production': { state: 'fail', page: 'agents' },
  'other-case': { state: 'fail', page: 'agents' },
  'other-deployment': { state: 'fail', page: 'agents' },
  'named-production': { state: 'fail', page: 'agents' },
  'worker-secret': { state: 'fail', page: 'agents' },
  'worker-key': { state: 'fail', page: 'agents' },
  'worker-clock': { state: 'fail', page: 'agents' },
  'wrong-server': { state: 'fail', page: 'agents' },
  'worker-deployment': { state: 'fail', page: 'agents' },
  frozen: { state: 'fail', page: 'agents' },
  unanswered: { state: 'fail', page: 'agents' },
  'cannot-start': { state: 'fail', page: 'agents' },
  starting: { state: 'fail', page: 'agents' },
  draining: { state: 'fail', page: 'agents' },
  'worker-gone': { state: 'fail', page: 'agents' },
  'job-failed': { state: 'fail', page: 'calls' },
  'never-joined': { state: 'fail', page: 'agents' },
  there: { state: 'ok' },
  came: { state: 'ok', page: 'calls' },
  'server-unreachable': { state: 'fail', page: 'doctor' },
  'web-secret': { state: 'fail', page: 'doctor' },
  'web-key': { state: 'fail', page: 'doctor' },
  'web-clock': { state: 'fail', page: 'doctor' },
  'server-refuses': { state: 'unknown', page: 'doctor' },
  'no-room': { state: 'unknown', page: 'calls' },
  'caller-never-came': { state: 'fail', page: 'doctor' },
  'caller-media-blocked': { state: 'fail', page: 'doctor' },
  'deployment-refused': { state: 'fail' },
  'name-in-metadata': { state: 'fail', page: 'rules' },
  'automatic-expected': { state: 'fail', page: 'rules' },
  'token-ignored': { state: 'fail' },
  'nobody-asked': { state: 'fail', page: 'rules' },
  'on-its-way': { state: 'unknown' },
  'long-ago': { state: 'unknown', page: 'doctor' },
  unknown: { state: 'unknown', page: 'agents' },
} as const satisfies Readonly<Record<string, Kind>>;

/** A verdict. */
export type Cause = keyof typeof CAUSES;
