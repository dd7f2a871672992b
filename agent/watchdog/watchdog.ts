// What is done when a part of a call is stuck, and that the timeline says so.
import type { ReportCall } from '@/agent/reporting/events';
import type { EventOf } from '@/lib/calls/event';

type Reported = EventOf<'stuck'>;

/** Called when a part was stuck for `ms` milliseconds, with what was done. */
export type Stuck = (part: Reported['part'], ms: number, done: Reported['done']) => void;

/** How often a part may be stuck in this time before the agent is replaced. Our own choice. */
const OFTEN = 3;
const OFTEN_MS = 60_000;

/** Parts that another agent would find no better: a tool, and a microphone that may be the caller's network. */
const OTHERS: readonly Reported['part'][] = ['tool', 'input'];

interface Options {
  readonly report: ReportCall;
  readonly identity: string;
  /** Leaves the call to another agent. */
  readonly replace: () => void;
}

/** Reports what was stuck, and replaces an agent that is stuck again and again. */
export function watchdog({ report, identity, replace }: Options): Stuck {
  const times = new Map<string, number[]>();
  return (part, ms, done) => {
    const now = Date.now();
    const recent = [...(times.get(part) ?? []).filter((at) => now - at < OFTEN_MS), now];
    times.set(part, recent);
    const isOften = !OTHERS.includes(part) && recent.length >= OFTEN;
    const decided = isOften ? 'replaced' : done;
    report({ kind: 'stuck', identity, part, ms, done: decided });
    if (decided === 'replaced') replace();
  };
}
