// The plugin's realtime model, monitored. On failure the plugin would end the session or the
// process, or retry forever; here the model is abandoned once and the call continues.
import type { llm } from '@livekit/agents';
import { z } from 'zod';
import { ANSWER_TIMEOUT_MS } from './llm-timeout';
import type { openAiPlugin } from './plugin';
import type { RealtimeMonitor } from './realtime-monitor';
import { connect } from './socket';

/**
 * Milliseconds for the next piece of an answer that has begun. Longer than for a text model: audio
 * arrives faster than it is played, and abandoning the model cuts off what is still to be played.
 */
const STALL_TIMEOUT_MS = 6_000;
/** The server has not finished an answer that was interrupted; no reason to abandon it. */
const STILL_SPEAKING = /active response/;

/** The monitored part of a server's events. */
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

/** A monitored realtime model. */
export interface MonitoredRealtime extends llm.RealtimeModel {
  readonly monitor: RealtimeMonitor;
}

/** The framework's OpenAI plugin, loaded. */
export type Plugin = Awaited<ReturnType<typeof openAiPlugin>>;

/** The plugin's model class for one model at one address. */
export function monitoredModel(
  { realtime: { RealtimeModel, RealtimeSession } }: Plugin,
  { url, key, monitor }: { url: URL; key: string; monitor: RealtimeMonitor },
) {
  function observe(text: string): void {
    const { data } = serverEvent.safeParse(JSON.parse(text));
    if (!data) return;
    if (data.error) monitor.complaint = data.error.message;
    if (data.type === 'response.done') {
      const { status, status_details: details } = data.response ?? {};
      if (status === 'failed') monitor.giveUp(new Error(details?.error?.message ?? 'no answer'));
      else monitor.settle();
      // An earlier error has not kept the model from answering.
      monitor.complaint = undefined;
    } else if (monitor.owing && /^response\..*\.(delta|added|done)$/.test(data.type)) {
      monitor.expect(STALL_TIMEOUT_MS);
    }
  }

  class Session extends RealtimeSession {
    override emit(name: string | symbol, ...args: unknown[]): boolean {
      if (name === 'error') {
        const { error, recoverable } = args[0] as llm.RealtimeModelError;
        // The framework would end the call.
        if (!recoverable) {
          monitor.giveUp(error);
          return true;
        }
      }
      return super.emit(name, ...args);
    }

    override async updateChatCtx(context: llm.ChatContext): Promise<void> {
      if (monitor.broken) return;
      await Promise.race([super.updateChatCtx(context), monitor.given]);
    }

    override async generateReply(
      instructions?: string,
      options: { signal?: AbortSignal } = {},
    ): Promise<llm.GenerationCreatedEvent> {
      const { signal } = options;
      monitor.expect(ANSWER_TIMEOUT_MS);
      if (monitor.broken) throw new Error('it was given up');
      signal?.addEventListener('abort', () => monitor.settle(), { once: true });
      try {
        return await super.generateReply(instructions, options);
      } catch (error) {
        const mayPass = signal?.aborted || STILL_SPEAKING.test(`${error}`);
        if (!mayPass) monitor.giveUp(error);
        throw error;
      }
    }

    override async interrupt(): Promise<void> {
      monitor.settle();
      await super.interrupt();
    }
  }

  // Replaces the plugin's private method, which is already called while a session is constructed.
  Object.defineProperty(Session.prototype, 'createWsConn', {
    value: async () => {
      if (monitor.broken) throw new Error('it was given up');
      try {
        const socket = await connect(url, key, {
          ended: (error) => monitor.giveUp(error),
          got: observe,
        });
        monitor.closes(() => socket.terminate());
        return socket;
      } catch (error) {
        monitor.giveUp(error);
        throw error;
      }
    },
  });

  return class extends RealtimeModel implements MonitoredRealtime {
    readonly monitor = monitor;

    override session() {
      const session = new Session(this);
      monitor.closes(() => void session.close());
      return session;
    }
  };
}
