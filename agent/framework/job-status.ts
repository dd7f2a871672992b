// What: tells LiveKit's server that a job has ended.
// Why: the framework never does, and for each job the server keeps a handler with three goroutines for as long as the worker is
// connected: see docs/scale.md, "What LiveKit's server keeps". What the server lists of the job does not change.
// Upstream: https://github.com/livekit/livekit/issues/4894. The framework would have to send it when a job's process ends.
import type { AgentServer } from '@livekit/agents';
import { JobStatus, WorkerMessage } from '@livekit/protocol';

/** Sends how a job has ended, if the worker is connected. @param error why it has failed; undefined if it has not */
export function sendJobEnd(
  server: Pick<AgentServer, 'event'>,
  jobId: string,
  error?: string,
): void {
  const status = error === undefined ? JobStatus.JS_SUCCESS : JobStatus.JS_FAILED;
  const value = { jobId, status, error: error ?? '' };
  server.event.emit('worker_msg', new WorkerMessage({ message: { case: 'updateJob', value } }));
}
