// What a job's process makes ready while it waits for its call: the caller would wait for it.
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

/** What is made once, before the call. */
export interface Prepared extends Record<string, unknown> {
  vad: ReturnType<typeof makeVad>;
  /** The sound of the greeting. */
  greeting?: AudioFrame[];
}

async function synthesize(agent: CatalogueAgent, text: string): Promise<AudioFrame[]> {
  const tts = makeTts(parseConfig(process.env), agent);
  const frames: AudioFrame[] = [];
  try {
    for await (const chunk of tts.synthesize(text)) frames.push(chunk.frame);
    return frames;
  } finally {
    // A hosted voice that failed would be asked again and again while the process waits.
    await tts.close();
  }
}

/** Prepares the sound of the greeting. Without it the call is taken too: it is then made when it is needed. */
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

/** Makes ready. @throws where no call could be taken */
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
    log().warn({ error, agent: definition.name }, 'the first call of this process begins slower');
  });
  // Not waited for: where all starts together, speech is not there yet, and is asked again after 2 s.
  void prepareGreeting(userData, definition, agent);
}
