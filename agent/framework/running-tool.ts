// What: recognizes the output that stands for that of a tool which is still running.
// Why: the framework adds it to the context when a caller speaks meanwhile. A scripted conversation must not take it for
// the tool's result.
// Upstream: none reported. The framework would have to export its prefix, or mark such outputs.
import type { llm } from '@livekit/agents';

/** Prefix of its id (`voice/generation.ts`). */
const PREFIX = 'lk_running_placeholder/';

/** Whether a tool's output is only a placeholder. */
export const isStillRunning = ({ id }: Pick<llm.FunctionCallOutput, 'id'>): boolean =>
  id.startsWith(PREFIX);
