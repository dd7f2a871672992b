// A caller without a browser, so that one machine can run many: waits in the queue, asks questions by voice, and measures
// when they were answered.

import { until } from '@/scripts/bench/support/bench';
import { DONE_MS, type Exchange } from '@/scripts/bench/support/speech-segments';
import { Caller } from '@/scripts/test-caller/caller';
import { QueueTimeout, requestToken } from '@/scripts/test-caller/target';

const QUEUE_MS = 30_000;

export class NodeCaller {
  private constructor(private readonly caller: Caller) {}

  /**
   * Starts a call and resolves once the agent is heard; undefined if the caller stayed in the queue.
   * @throws Error if no agent is heard
   */
  static async call(
    web: string,
    { agent, deployment }: { readonly agent: string; readonly deployment: string },
  ): Promise<NodeCaller | undefined> {
    const agents = [{ agent_name: agent, deployment }];
    const granted = await requestToken(
      web,
      { room_config: { agents } },
      { queueMs: QUEUE_MS },
    ).catch((error) => {
      if (error instanceof QueueTimeout) return undefined;
      throw error;
    });
    if (!granted) return undefined;
    const caller = await Caller.join(granted);
    try {
      await until('the greeting', () => !Number.isNaN(caller.heardAt));
      return new NodeCaller(caller);
    } catch (error) {
      await caller.hangUp();
      throw error;
    }
  }

  finished(): Promise<boolean> {
    return until('the end of the answer', () => Date.now() - this.caller.heardAt > DONE_MS);
  }

  /**
   * Asks a question by voice and waits until the answer has ended; undefined if there was none.
   * @param sound at the rate of the built-in voices
   */
  async asks(sound: Float32Array): Promise<Exchange | undefined> {
    const { caller } = this;
    const { microphone } = caller;
    const since = Date.now();
    caller.forgetBefore(since);
    await microphone.play(sound);
    const heard = until('an answer', () => caller.heardAt > microphone.to);
    if (!(await heard.catch(() => false))) return undefined;
    await this.finished();
    // An answer before the end of the question interrupted it.
    const answer = caller.segments(since).find(({ from }) => from > microphone.from);
    return answer && { askedAt: microphone.to, heardAt: answer.from };
  }

  hangUp(): Promise<void> {
    return this.caller.hangUp();
  }
}
