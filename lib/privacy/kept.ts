// What is stored about callers, and who hears them. The privacy page is generated from this alone.
import { hasOwnModels, listedAgents } from '@/lib/agents/registry';
import type { AgentsServer } from '@/lib/agents/server';
import type { Masked } from '@/lib/core/masked';
import { namesLoopback, whySignIn } from '@/lib/core/sign-in-mode';

/** The facts of the privacy page. Days: 0 means forever. */
export interface Kept {
  readonly callDays: number;
  readonly recorded: boolean;
  readonly recordingDays: number;
  /** Whether agents of other programs may send a recording after the call, which no agent has to announce and no lamp shows. */
  readonly recordedElsewhere: boolean;
  /** Whether callers see that somebody listens. */
  readonly listenersShown: boolean;
  readonly masked: readonly Masked[];
  readonly letta: boolean;
  /** Whether there are accounts. */
  readonly signIn: boolean;
  /** Whether speech or conversations go to models on other servers; unknown if an agent has models of its own. */
  readonly othersHear: boolean | 'unknown';
  readonly contact: string | undefined;
}

const isElsewhere = (url: string | undefined) => url === undefined || !namesLoopback(url);

/** The facts, from the settings and the list of agents. */
export function keptBy(server: AgentsServer): Kept {
  const { config } = server;
  const { AUTH, HOST, PUBLIC_URL, CALLBOARD_URL } = config;
  const { agentModels, SPEECH_STT_URL, SPEECH_TTS_URL, LLM_URL, LETTA_URL } = config;
  // Other model providers are never on one's own machine.
  const urls: Partial<Record<string, string>> = { compatible: LLM_URL, letta: LETTA_URL };
  return {
    callDays: config.CALLS_KEEP_DAYS,
    recorded: config.RECORD_CALLS !== 'off',
    listenersShown: config.LISTEN_IN === 'shown',
    recordingDays: config.RECORDINGS_KEEP_DAYS,
    recordedElsewhere:
      config.RECORD_CALLS === 'on' &&
      config.INSIGHTS !== 'off' &&
      listedAgents(server).some(({ source }) => source === 'team'),
    masked: config.MASK,
    letta: LETTA_URL !== undefined,
    signIn: whySignIn({ AUTH, HOST, PUBLIC_URL, CALLBOARD_URL }) !== undefined,
    othersHear:
      [SPEECH_STT_URL, SPEECH_TTS_URL, LETTA_URL].some((url) => url && isElsewhere(url)) ||
      Object.values(agentModels).some(
        ({ models, stt, tts, mcp }) =>
          models.some(({ kind }) => isElsewhere(urls[kind])) ||
          [stt, tts, mcp].some((used) => used.length > 0),
      ) ||
      (hasOwnModels(server) && 'unknown'),
    contact: config.PRIVACY_CONTACT,
  };
}
