// The tool by which an agent hands the caller over to another. Whom it offers is in the catalogue.
import { llm } from '@livekit/agents';
import { z } from 'zod';
import { catalogue } from '@/lib/catalogue';
import type { CallHandle } from '../agent-definition';

/** What the tool tells where the other did not come. Handed over, it tells nothing. */
export const notHandedOver = z.object({ handedOver: z.literal(false), why: z.string() });

/**
 * Hands over while the announcement of the same reply is spoken. Handed over, it makes no reply:
 * the word is the other's. Where nobody came, the reply says so and the call goes on.
 */
export function handOverTool(call: CallHandle, own: string): llm.ToolContextEntry {
  const others = catalogue.filter(({ name, handOver }) => handOver && name !== own);
  const who = others.map(({ name, person, summary }) => `${name} (${person}): ${summary}`);
  return llm.tool({
    name: 'handOver',
    description: `Hands the caller over to a colleague. Announce the colleague by name in the same reply, before it. There are: ${who.join('; ')}.`,
    parameters: z.object({
      to: z.enum(others.map(({ name }) => name)).describe('Which colleague'),
      summary: z
        .string()
        .trim()
        .min(1)
        .max(2_000)
        .describe('For the colleague: what the caller wants and what was done in this call'),
      caller: z.string().max(80).optional().describe('Name of the caller, where they said it'),
      newRoom: z
        .boolean()
        .optional()
        .describe('Whether the caller asked to talk in private, in a room of their own'),
    }),
    execute: async ({ to, ...told }, { ctx }) => {
      // Interrupted, the framework would drop the outcome, and nobody would say that none came.
      ctx.disallowInterruptions();
      const outcome = await call.handOver({ agent: to, ...told }, () => ctx.waitForPlayout());
      ctx.speechHandle.allowInterruptions = true;
      if (outcome === 'handed over') return undefined;
      const why = 'Nobody came. Tell the caller, and offer to take a message.';
      return { handedOver: false, why } satisfies z.infer<typeof notHandedOver>;
    },
  });
}
