// The framework's part of a call: a session with its STT, TTS and models, and the agent that talks
// in it.
import { voice } from '@livekit/agents';
import { type CatalogueAgent, lettaAgent } from '../../lib/core/catalogue';
import type { Config } from '../../lib/core/config';
import { CallAgent } from '../models/call-agent';
import { mcpTools } from '../models/mcp/toolset';
import { makeMind } from '../models/models';
import { tellError } from '../reporting/session-events';
import type { TellCall } from '../reporting/tell-call';
import type { AgentDefinition, CallHandle } from './agent-definition';
import { briefText, languageText } from './instructions';
import '../models/preload';
import { makeStt, makeTts } from '../models/speech';
import { takeOver } from '../models/take-over';
import './no-remote-control';
import { takeTurns } from '../turns/handling';
import type { makeVad } from '../turns/vad';
import { contextOf } from './resume';
import type { Silence } from './silence';

/** What a session is made of. */
interface Parts {
  readonly config: Config;
  readonly agent: CatalogueAgent;
  readonly definition: AgentDefinition;
  readonly call: CallHandle;
  readonly vad: ReturnType<typeof makeVad>;
  readonly tell: TellCall;
  /** Receives the labels of tools discovered during the call, by tool name. */
  readonly labels?: Record<string, string>;
}

/** Creates the session; nothing is heard before it is started. */
export function makeSession({
  config,
  agent,
  definition,
  call,
  vad,
  tell,
  labels = {},
}: Parts): voice.AgentSession {
  const failed = (where: string) => (error: Error) => tellError(tell, where, error);
  const { models = [], mcp = [] } = config.minds[agent.name] ?? {};
  const mind = makeMind(config, definition, call, failed('model'));
  const turns = takeTurns();
  const session = new voice.AgentSession({
    vad,
    stt: makeStt(config, agent.name, failed('stt'), call.tag),
    tts: makeTts(config, agent, failed('tts'), call.tag),
    llm: mind.realtime ?? mind.llm,
    tools: mcpTools({
      // A scripted agent has its own rules.
      urls: models.length > 0 ? mcp : [],
      own: Object.keys(definition.toolLabels),
      labels,
      failed: failed('tools'),
    }),
    // The browser cancels echo; the framework's warm-up would ignore the caller for the first
    // seconds.
    aecWarmupDuration: null,
    userAwayTimeout: null,
    turnHandling: {
      ...turns.handling,
      // Letta remembers every request, even if the caller continued speaking.
      ...(agent.name === lettaAgent.name && { preemptiveGeneration: { enabled: false } }),
    },
  });
  turns.attach(session);
  if (mind.realtime) takeOver(session, mind.realtime, mind.llm, failed('model'));
  return session;
}

/** The framework's agent: its instructions, its tools and its silence. */
export function makeAgent(
  definition: AgentDefinition,
  call: CallHandle,
  silence: Silence,
): CallAgent {
  const { brief, tag } = call;
  return new CallAgent(
    {
      instructions: definition.instructions + languageText(tag) + briefText(brief),
      chatCtx: brief?.kind === 'resume' ? contextOf(brief.history) : undefined,
      tools: definition.tools(call),
    },
    silence,
  );
}
