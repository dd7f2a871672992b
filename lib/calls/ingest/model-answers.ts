// Records which models answer the doctor and which failed in calls, for the Agents page of every web process.
import type { Ground } from '@/lib/cluster/ground';
import { publish } from '@/lib/cluster/pubsub';
import { reportedFailure } from '@/lib/core/failure-cause';
import { keepModelAnswer, type ModelAnswer } from '@/lib/livekit/model-failures';

/** Records whether it answers. */
export function recordModelAnswer(server: Ground, answer: ModelAnswer): void {
  if (keepModelAnswer(server, answer)) publish(server, 'model-answers', answer);
}

/** Records the failures in events of calls. */
export function recordModelFailures(
  server: Ground,
  events: readonly { readonly what: { readonly kind: string; readonly message?: unknown } }[],
): void {
  for (const { what } of events) {
    if (what.kind !== 'error' || typeof what.message !== 'string') continue;
    const failed = reportedFailure(what.message);
    if (failed) recordModelAnswer(server, failed);
  }
}
