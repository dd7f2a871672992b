// A worker's load: its own jobs only. A stock worker reports the machine's CPU, and the open-source
// server silently assigns no job at 0.7 or more, so a build running on the same machine would lose
// calls.

/** Load below which livekit-server still offers jobs (`target_load` in its pkg/agent/config.go). */
const SERVER_TARGET_LOAD = 0.7;

/** Load for LiveKit: below {@link SERVER_TARGET_LOAD} while a job fits, 1 when full. */
export function loadOf(activeJobs: number, maxJobs: number): number {
  return activeJobs >= maxJobs ? 1 : (activeJobs / maxJobs) * (SERVER_TARGET_LOAD - 0.01);
}
