// What an agent's session says about a call as a whole, from its events: how it was judged, and which version it is. Pure.
import { keyBy } from 'es-toolkit';
import type { Mark } from '@/lib/calls/call';
import type { EventKind, EventOf } from '@/lib/calls/event';

/** The events of a kind, in order. */
const all = <K extends EventKind>(marks: readonly Mark[], kind: K): EventOf<K>[] =>
  marks.flatMap((mark) =>
    mark.kind === 'event' && mark.what.kind === kind ? [mark.what as EventOf<K>] : [],
  );

/** The last of those with the same key, in the order of the first ones. */
const latest = <T>(list: readonly T[], keyOf: (one: T) => string): T[] =>
  Object.values(keyBy(list, keyOf));

/** How a call was judged. */
export interface Judgement {
  /** Why the call has its outcome. */
  readonly reason: string | undefined;
  readonly tags: readonly string[];
  /** The last one of each name. */
  readonly evaluations: readonly EventOf<'evaluation'>[];
}

/** @param outcome the outcome of the call: an agent may have reported others before */
export function judgementIn(marks: readonly Mark[], outcome: string): Judgement {
  const reported = all(marks, 'outcome').findLast((one) => one.outcome === outcome);
  return {
    reason: reported?.reason || undefined,
    tags: [...new Set(all(marks, 'tagged').map(({ tag }) => tag))],
    evaluations: latest(all(marks, 'evaluation'), ({ agent, name }) => `${agent}\0${name}`),
  };
}

/** The versions of the agents that talked, each once. */
export const versionsIn = (marks: readonly Mark[]): EventOf<'agent_config'>[] =>
  latest(
    all(marks, 'agent_config'),
    ({ agent, deployment, version }) => `${agent}\0${deployment}\0${version}`,
  );
