// What a job's process prepares while it waits for its call, so that the caller does not wait for
// it.
import { type JobProcess, log } from '@livekit/agents';
import type { AudioFrame } from '@livekit/rtc-node';
import type { CatalogueAgent } from '../../lib/core/catalogue';
import { parseConfig } from '../../lib/core/config';
import type { AgentDefinition } from '../call/agent-definition';
import { notices } from '../call/notices';
import { makeTts } from '../models/speech';
import { makeVad } from '../turns/vad';
import { tellFailedStart } from './health/failure';
import { warmUpSession, warmUpSound } from './warm-up';

/** Created once, before the call. */
export interface Prepared extends Record<string, unknown> {
  vad: ReturnType<typeof makeVad>;
  /** Audio of the greeting. */
  greeting?: AudioFrame[];
}

async function synthesize(agent: CatalogueAgent, text: string): Promise<AudioFrame[]> {
  const tts = makeTts(parseConfig(process.env), agent);
  const frames: AudioFrame[] = [];
  try {
    for await (const chunk of tts.synthesize(text)) frames.push(chunk.frame);
    return frames;
  } finally {
    // A failed hosted TTS would be checked repeatedly while the process waits.
    await tts.close();
  }
}

/**
 * Synthesizes the greeting. Without it calls are accepted too; it is then synthesized when needed.
 */
async function prepareGreeting(
  userData: Prepared,
  definition: AgentDefinition,
  agent: CatalogueAgent,
): Promise<void> {
  try {
    const { RECORD_CALLS: recorded } = parseConfig(process.env);
    const words = notices.recording[recorded] + definition.greeting;
    userData.greeting = await synthesize(agent, words);
  } catch (error) {
    log().warn({ error, agent: definition.name }, 'the greeting could not be prepared');
  }
}

/**
 * Prepares the process.
 * @throws if it could not take a call
 */
export async function prewarm(
  { userData }: JobProcess<Prepared>,
  definition: AgentDefinition,
  agent: CatalogueAgent,
): Promise<void> {
  try {
    userData.vad = makeVad();
    await warmUpSound();
  } catch (error) {
    tellFailedStart(error);
    throw error;
  }
  warmUpSession().catch((error: unknown) => {
    log().warn(
      { error, agent: definition.name },
      'warm-up failed: the first call of this process starts more slowly',
    );
  });
  // Not awaited: at startup the speech server is not up yet, and is retried after 2 s.
  void prepareGreeting(userData, definition, agent);
}
