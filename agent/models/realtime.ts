// OpenAI Realtime: a model with its own speech input and output. If it cannot connect, is rejected,
// breaks off or is too slow, it is abandoned once, and its fallback continues the call.

import { Future, type llm } from '@livekit/agents';
import { z } from 'zod';
import { connect, replaceConnection } from '@/agent/framework/realtime-socket';
import { ANSWER_TIMEOUT_MS, type Failed, failureOf } from '@/agent/models/llm-timeout';
import { asWebSocket, joinUrl } from '@/lib/core/addresses';
import type { Config } from '@/lib/core/config';
import { englishDuration } from '@/lib/core/figures';
import { modelName } from '@/lib/core/model-names';
import { type ModelRef, OPENAI_URL } from '@/lib/core/models';

/** The framework's OpenAI plugin, loaded only if the configuration names one of its models. */
export const openAiPlugin = () => import('@livekit/agents-plugin-openai');
type Plugin = Awaited<ReturnType<typeof openAiPlugin>>;

let plugin: Plugin | undefined;

/** Loads what {@link makeRealtime} needs: the framework requires a realtime model synchronously. */
export async function loadRealtime(): Promise<void> {
  plugin ??= await openAiPlugin();
}

/**
 * A realtime model. The session handles turns, as for any other agent, so silence next to a
 * colleague applies to it too.
 */
export function makeRealtime(ref: ModelRef, config: Config): MonitoredRealtime {
  if (!plugin) throw new Error(`${ref.model} needs the plugin for OpenAI, which is not loaded`);
  const { OPENAI_BASE_URL: base = OPENAI_URL, OPENAI_API_KEY: key = '' } = config;
  const url = new URL(asWebSocket(joinUrl(base, 'realtime')));
  url.searchParams.set('model', ref.model);
  const monitor = new RealtimeMonitor(modelName(ref, config));
  const Model = monitoredModel(plugin, { url, key, monitor });
  const voice = ref.voice && { voice: ref.voice };
  return new Model({ model: ref.model, baseURL: base, apiKey: key, turnDetection: null, ...voice });
}

/**
 * Milliseconds for the next piece of an answer that has begun. Longer than for a text model: audio
 * arrives faster than it is played, and abandoning the model cuts off what is still to be played.
 */
const STALL_TIMEOUT_MS = 6_000;
/** The server has not finished an answer that was interrupted; no reason to abandon it. */
const STILL_SPEAKING = /active response/;

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

/**
 * The plugin's model class for one model at one address. On failure the plugin would end the session or the process, or
 * retry forever.
 */
function monitoredModel(
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
      await Promise.race([super.updateChatCtx(context), monitor.given.await]);
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

  replaceConnection(Session, async () => {
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

class RealtimeMonitor {
  onBroken: Failed = () => undefined;
  /** Whether a requested answer is still pending. */
  owing = false;
  /** The last error the server sent, in case the connection then ends. */
  complaint: string | undefined;
  readonly #closers: (() => void)[] = [];
  #timer: NodeJS.Timeout | undefined;
  readonly given = new Future();

  /** @param name display name: "gpt-realtime (OpenAI Realtime)" */
  constructor(private readonly name: string) {}

  get broken(): boolean {
    return this.given.done;
  }

  /** Registers a function that closes the model when it is abandoned. */
  closes(close: () => void): void {
    this.#closers.push(close);
  }

  expect(ms: number): void {
    this.settle();
    this.owing = true;
    if (this.broken) return;
    this.#timer = setTimeout(
      () => this.giveUp(new Error(`it said nothing for ${englishDuration(ms)}`)),
      ms,
    );
  }

  settle(): void {
    clearTimeout(this.#timer);
    this.owing = false;
  }

  giveUp(error: unknown): void {
    if (this.broken) return;
    this.given.resolve();
    clearTimeout(this.#timer);
    this.onBroken(failureOf(this.name, this.complaint ? new Error(this.complaint) : error));
    for (const close of this.#closers) close();
  }
}
