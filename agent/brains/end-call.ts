// The tool by which every agent ends its call.
import { llm } from '@livekit/agents';
import { z } from 'zod';
import type { CallHandle } from '../agent-definition';

/** Ends the call once the goodbye of the same reply has been heard. It makes no reply of its own. */
export function endCallTool(call: CallHandle): llm.ToolContextEntry {
  return llm.tool({
    name: 'endCall',
    description:
      'Ends the call. Use it when the caller is done, and say goodbye in the same reply, before it.',
    parameters: z.object({}),
    execute: async () => {
      call.end();
    },
  });
}
