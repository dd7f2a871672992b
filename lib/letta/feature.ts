// Letta: callers talk to agents of a Letta server, which remember them.
import { writeCaller } from '@/lib/dispatch/known-caller';
import { askAgent } from '@/lib/letta/ask';
import { forgetCaller, remembered } from '@/lib/letta/callers';
import { lettaChecks } from '@/lib/letta/check';
import { forgetAtLetta } from '@/lib/letta/deleted-calls';
import { namedByLetta } from '@/lib/letta/listing';
import { lettaOperations } from '@/lib/letta/operations';
import type { LettaServer } from '@/lib/letta/server';
import type { Feature } from '@/lib/startup/feature';

export const letta = {
  state: (): Pick<LettaServer, 'lettaListing' | 'lettaCleanup'> => ({
    lettaListing: {},
    lettaCleanup: { at: Number.NEGATIVE_INFINITY },
  }),
  async completeAgent(server: LettaServer, agent, { room, caller }) {
    const { LETTA_URL, LIVEKIT_API_SECRET: secret } = server.config;
    const named = await namedByLetta(server, agent);
    // Only Letta's agents remember their callers.
    if (!LETTA_URL || !caller) return named;
    return { ...named, metadata: writeCaller(caller, { room, secret }, named.metadata) };
  },
  callDeleted: async (server: LettaServer, call) =>
    (await forgetAtLetta(server, call)) ? {} : { lettaLater: true },
  callerData: async (server, caller) => ({ letta: await remembered(server, caller) }),
  deleteCaller: async (server, caller) => ({ lettaAgents: await forgetCaller(server, caller) }),
  checks: lettaChecks,
  askModel: { letta: askAgent },
  operations: lettaOperations,
} satisfies Feature;
