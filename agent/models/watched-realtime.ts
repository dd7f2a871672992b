// The plugin's realtime model, watched. The plugin would end the session when the model fails, or the
// process, or go on asking for ever; here it is given up, once, and the call goes on.
import type { llm } from '@livekit/agents';
import { z } from 'zod';
import { PATIENCE_MS } from './patient-llm';
import type { openAiPlugin } from './plugin';
import { connect } from './socket';
import type { Watch } from './watch';

/**
 * Milliseconds for the next piece of an answer that has begun. Longer than for a model that writes: sound
 * comes faster than it is heard, and giving it up cuts off what is still to be heard.
 */
const PAUSE_MS = 6_000;
/** An answer that was cut off is not over on the server yet: no reason to give it up. */
const STILL_SPEAKING = /active response/;

/** Of a server's events, what is watched. */
const serverEvent = z.object({
  type: z.string(),
  error: z.object({ message: z.string() }).optional(),
  response: z
    .object({
      status: z.string().nullish(),
      status_details: z
        .object({ error: z.object({ message: z.string().nullish() }).nullish() })
        .nullish(),
    })
    .optional(),
});

/** A realtime model that is watched. */
export interface WatchedRealtime extends llm.RealtimeModel {
  readonly watch: Watch;
}

/** The framework's plugin for OpenAI, loaded. */
export type Plugin = Awaited<ReturnType<typeof openAiPlugin>>;

/** The plugin's class of models, made for one model at one address. */
export function watchedModel(
  { realtime: { RealtimeModel, RealtimeSession } }: Plugin,
  { url, key, watch }: { url: URL; key: string; watch: Watch },
) {
  function see(text: string): void {
    const { data } = serverEvent.safeParse(JSON.parse(text));
    if (!data) return;
    if (data.error) watch.complaint = data.error.message;
    if (data.type === 'response.done') {
      const { status, status_details: details } = data.response ?? {};
      if (status === 'failed') watch.giveUp(new Error(details?.error?.message ?? 'no answer'));
      else watch.settle();
      // What went wrong before has not kept it from answering.
      watch.complaint = undefined;
    } else if (watch.owing && /^response\..*\.(delta|added|done)$/.test(data.type)) {
      watch.expect(PAUSE_MS);
    }
  }

  class Session extends RealtimeSession {
    override emit(name: string | symbol, ...args: unknown[]): boolean {
      if (name === 'error') {
        const { error, recoverable } = args[0] as llm.RealtimeModelError;
        // The framework would end the call.
        if (!recoverable) {
          watch.giveUp(error);
          return true;
        }
      }
      return super.emit(name, ...args);
    }

    override async updateChatCtx(context: llm.ChatContext): Promise<void> {
      if (watch.broken) return;
      await Promise.race([super.updateChatCtx(context), watch.given]);
    }

    override async generateReply(
      instructions?: string,
      options: { signal?: AbortSignal } = {},
    ): Promise<llm.GenerationCreatedEvent> {
      const { signal } = options;
      watch.expect(PATIENCE_MS);
      if (watch.broken) throw new Error('it was given up');
      signal?.addEventListener('abort', () => watch.settle(), { once: true });
      try {
        return await super.generateReply(instructions, options);
      } catch (error) {
        const mayPass = signal?.aborted || STILL_SPEAKING.test(`${error}`);
        if (!mayPass) watch.giveUp(error);
        throw error;
      }
    }

    override async interrupt(): Promise<void> {
      watch.settle();
      await super.interrupt();
    }
  }

  // The plugin's own, which is private, and already called while a session is made.
  Object.defineProperty(Session.prototype, 'createWsConn', {
    value: async () => {
      if (watch.broken) throw new Error('it was given up');
      try {
        const socket = await connect(url, key, {
          ended: (error) => watch.giveUp(error),
          got: see,
        });
        watch.closes(() => socket.terminate());
        return socket;
      } catch (error) {
        watch.giveUp(error);
        throw error;
      }
    },
  });

  return class extends RealtimeModel implements WatchedRealtime {
    readonly watch = watch;

    override session() {
      const session = new Session(this);
      watch.closes(() => void session.close());
      return session;
    }
  };
}
