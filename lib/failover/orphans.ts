// What jobs say of workers: a job sees its worker die some hundred milliseconds before the worker's own
// lifeline counts as broken, and a successor sent to a dead worker would cost one of its attempts.
import { type KeptEvent, workerOfSource } from '@/lib/calls/event';

/** Ids of the workers of which these events say that they have died. */
export function deadWorkers(events: readonly Pick<KeptEvent, 'source' | 'what'>[]): string[] {
  return events.flatMap(({ source, what }) => {
    if (what.kind !== 'agent_left' || what.why !== 'orphaned') return [];
    return workerOfSource(source) ?? what.worker ?? [];
  });
}
