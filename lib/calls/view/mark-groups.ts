// Groups of marks, few enough to choose from.
import type { Mark } from '../call';
import type { EventKind } from '../event';

export const GROUPS = ['setup', 'talk', 'tools', 'people', 'states', 'errors'] as const;
export type Group = (typeof GROUPS)[number];

/** Shown by default: turns are already in the transcript, and states come with them. */
export const USUAL_GROUPS: readonly Group[] = GROUPS.filter(
  (group) => group !== 'talk' && group !== 'states',
);

const OF_EVENT: Readonly<Record<EventKind, Group>> = {
  requested: 'setup',
  token_minted: 'setup',
  room_started: 'setup',
  room_finished: 'setup',
  dispatched: 'setup',
  job_assigned: 'setup',
  job_refused: 'errors',
  agent_joined: 'people',
  first_audio: 'setup',
  person_joined: 'people',
  person_left: 'people',
  turn: 'talk',
  tool: 'tools',
  missed_words: 'errors',
  agent_state: 'states',
  connection: 'errors',
  error: 'errors',
  handed_over: 'people',
  outcome: 'people',
  agent_left: 'people',
  failover: 'errors',
  gave_up: 'errors',
  put_through: 'setup',
  recording: 'setup',
  ended: 'people',
};

export function groupOf(mark: Mark): Group {
  if (mark.kind === 'turn') return 'talk';
  if (mark.kind === 'tool') return mark.failed ? 'errors' : 'tools';
  return OF_EVENT[mark.what.kind];
}

/** Display names by identity, as reported by those who joined. */
export function namesIn(marks: readonly Mark[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const mark of marks) {
    if (mark.kind !== 'event') continue;
    const { what } = mark;
    if (what.kind === 'person_joined') names.set(what.identity, what.name || what.identity);
    if (what.kind === 'agent_joined') names.set(what.identity, what.agent);
  }
  return names;
}
