// The talk of a call so far, for the agent that goes on in the place of a lost one.

import type { Timeline } from '@/lib/calls/call';
import type { Passed } from '@/lib/dispatch/handoff-context';

/** What was said between caller and agents, and what tools came to, oldest first. */
export function historyOf({ marks }: Timeline): Passed[] {
  return marks.flatMap((mark): Passed[] => {
    if (mark.kind === 'turn' && mark.speaker !== 'person' && mark.text) {
      return [{ kind: 'said', speaker: mark.speaker, text: mark.text }];
    }
    if (mark.kind !== 'tool') return [];
    const { tool, args, result, failed } = mark;
    return [{ kind: 'tool', tool, args, result, failed }];
  });
}
