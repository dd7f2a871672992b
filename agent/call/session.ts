// The framework's part of a call: a session with its STT, TTS and models, and the agent that talks in it.
import { voice } from '@livekit/agents';
import type { AgentDefinition, CallHandle } from '@/agent/core/agent-definition';
import { mcpClient, mcpTools } from '@/agent/models/mcp';
import { makeModels } from '@/agent/models/models';
import { loadRealtime } from '@/agent/models/realtime';
import { makeExchange, makeStt, makeTts } from '@/agent/models/speech';
import type { ReportCall } from '@/agent/reporting/events';
import { reportError } from '@/agent/reporting/session-events';
import { CallAgent, type Silence } from '@/agent/turns/call-agent';
import { addRealtimeFallback } from '@/agent/turns/realtime-fallback';
import { makeTurnHandling, type makeVad } from '@/agent/turns/turn-handling';
import type { WatchedTools } from '@/agent/watchdog/tool';
import { WatchedVad } from '@/agent/watchdog/voice-activity';
import type { Stuck } from '@/agent/watchdog/watchdog';
import { lettaAgent } from '@/lib/core/catalogue';
import type { Config } from '@/lib/core/config';
import { seesCaller, setsModel } from '@/lib/core/models';
import '@/agent/framework/remote-session';
import '@/agent/framework/tool-results';
import { contextOf, handoffText, languageText } from '@/agent/call/context';

const TOOLS = /^MCP_SERVERS(_\w+)?$/;

// Loads what the configuration needs while a job's process waits for its call; during the call it would delay the
// greeting. Without such models, nothing is loaded.
const set = Object.keys(process.env).filter((name) => process.env[name]);
if (setsModel(process.env)) await loadRealtime();
if (set.some((name) => TOOLS.test(name))) await mcpClient();

interface Parts {
  readonly config: Config;
  readonly definition: AgentDefinition;
  readonly call: CallHandle;
  readonly vad: ReturnType<typeof makeVad>;
  readonly report: ReportCall;
  readonly stuck: Stuck;
  readonly tools: WatchedTools;
  /** Receives the labels of tools discovered during the call, by tool name. */
  readonly labels: Record<string, string>;
}

/** Creates the session; nothing is heard before it is started. */
export function makeSession({
  config,
  definition,
  call,
  vad,
  report,
  stuck,
  tools,
  labels,
}: Parts): voice.AgentSession {
  const failed = (where: string) => (error: Error) => reportError(report, where, error);
  const { models = [], mcp = [] } = config.agentModels[definition.name] ?? {};
  const { llm, realtime } = makeModels(config, definition, call, failed('model'));
  const turns = makeTurnHandling();
  const session = new voice.AgentSession({
    vad: new WatchedVad(vad, (ms) => stuck('vad', ms, 'restarted')),
    // Hosted recognizers are watched by their sound: see `CallAgent`.
    stt: makeStt(config, definition, failed('stt'), call.tag, recognizesAgain(stuck)),
    tts: makeTts(config, definition, failed('tts'), call.tag),
    llm: realtime ?? llm,
    tools: mcpTools({
      // A scripted agent has its own rules.
      urls: models.length > 0 ? mcp : [],
      own: Object.keys(definition.toolLabels),
      labels,
      failed: failed('tools'),
      watched: (tool) => tools.limited(tool),
    }),
    // The browser cancels echo; the framework's warm-up would ignore the caller for the first seconds.
    aecWarmupDuration: null,
    userAwayTimeout: null,
    turnHandling: {
      ...turns.handling,
      // Letta remembers every request, even if the caller continued speaking. Pictures are added at the end of the
      // turn.
      ...((definition.name === lettaAgent.name || seesCaller({ models })) && {
        preemptiveGeneration: { enabled: false },
      }),
    },
  });
  turns.attach(session);
  if (realtime) addRealtimeFallback(session, realtime, llm, failed('model'));
  return session;
}

const recognizesAgain = (stuck: Stuck) => (ms: number) => stuck('stt', ms, 'restarted');

interface AgentParts extends Pick<Parts, 'config' | 'definition' | 'call' | 'stuck' | 'tools'> {
  readonly silence: Silence;
}

/** The framework's agent: its instructions, its tools and its silence. */
export function makeAgent({
  config,
  definition,
  call,
  silence,
  stuck,
  tools,
}: AgentParts): CallAgent {
  const { handoffContext, tag } = call;
  return new CallAgent(
    {
      instructions: definition.instructions + languageText(tag) + handoffText(handoffContext),
      ...(handoffContext?.kind === 'resume' && { chatCtx: contextOf(handoffContext.history) }),
      tools: definition.tools(call).map((tool) => tools.limited(tool)),
    },
    silence,
    { stuck, tools, exchange: makeExchange(config, definition, tag, recognizesAgain(stuck)) },
  );
}
