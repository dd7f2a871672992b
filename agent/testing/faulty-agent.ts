// Milo, with a part that is stuck once the test says so, and a tool that never returns: a bundle with this file in place of
// his has him in calls.
import { type JobContext, llm, VADStream } from '@livekit/agents';
import { AudioSource, RemoteAudioTrack, RoomEvent } from '@livekit/rtc-node';
import { z } from 'zod';
import { lineCheck } from '@/agent/agents/line-check';
import { callJob } from '@/agent/call/job';
import { scriptedAgent } from '@/agent/scripted/scripted-agent';

/** Topic on which a caller sends the {@link Fault} that happens now. */
export const FAULT_TOPIC = 'test.fault';
export type Fault = 'input' | 'deaf' | 'vad' | 'stt' | 'tts' | 'output' | 'blocked' | 'killed';

const never = () => new Promise<never>(() => {});

/** Streams of voice activity that say nothing any more. */
const dead = new WeakSet<VADStream>();
const streams = new Set<VADStream>();
type Sends = { sendVADEvent: (this: VADStream, event: unknown) => boolean };
const vad = VADStream.prototype as unknown as Sends;
const { sendVADEvent } = vad;
vad.sendVADEvent = function (event) {
  // Only LiveKit's own, not the one around it.
  if (this.constructor.name === 'WatchedStream') return sendVADEvent.call(this, event);
  streams.add(this);
  return dead.has(this) || sendVADEvent.call(this, event);
};

/** What reads the callers' tracks: an event with its handle has a frame for it. */
const readers: { ffiHandle: { handle: bigint; dispose(): void } }[] = [];
/** Whether later ones have no frame either. */
let isDeaf = false;
type Tracks = { registerAudioStream: (reader: (typeof readers)[number]) => void };
const tracks = RemoteAudioTrack.prototype as unknown as Tracks;
const { registerAudioStream } = tracks;
tracks.registerAudioStream = function (reader) {
  readers.push(reader);
  if (isDeaf) happen('input');
  registerAudioStream.call(this, reader);
};

/** What the next request to the speech server meets. */
let speechFault: 'stt' | 'tts' | undefined;
const { fetch } = globalThis;
globalThis.fetch = async (url, options) => {
  const { signal } = options ?? {};
  if (speechFault === 'stt' && `${url}`.endsWith('/audio/transcriptions')) {
    const at = Date.now();
    return new Promise((_, reject) => {
      signal?.addEventListener('abort', () => {
        // Others are given up because newer ones have more words.
        if (Date.now() - at > 2_000) speechFault = undefined;
        reject(signal.reason);
      });
    });
  }
  const answer = await fetch(url, options);
  if (speechFault !== 'tts' || !`${url}`.endsWith('/audio/speech')) return answer;
  speechFault = undefined;
  const reader = answer.body?.getReader();
  let chunks = 0;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value } = (await reader?.read()) ?? {};
      // Its first tenth of a second.
      if (chunks++ > 0 || !value) return never();
      controller.enqueue(value.slice(0, 4_800));
    },
  });
  return new Response(body, answer);
};

const { captureFrame } = AudioSource.prototype;
let isBlocked = false;
AudioSource.prototype.captureFrame = function (frame) {
  return isBlocked ? never() : captureFrame.call(this, frame);
};

function happen(fault: Fault): void {
  if (fault === 'input') for (const one of readers) one.ffiHandle = { handle: -1n, dispose() {} };
  if (fault === 'deaf') {
    isDeaf = true;
    happen('input');
  }
  if (fault === 'vad') for (const one of streams) dead.add(one);
  if (fault === 'stt' || fault === 'tts') speechFault = fault;
  if (fault === 'output') isBlocked = true;
  if (fault === 'killed') process.kill(process.pid, 'SIGKILL');
  if (fault === 'blocked') {
    const until = Date.now() + 3_000;
    while (Date.now() < until);
  }
}

const neverReturns = llm.tool({
  name: 'lookUp',
  description: 'Never returns.',
  parameters: z.object({}),
  execute: never,
});
const { name, person, role, summary, voice, deployments, handOff } = lineCheck;
/** He says little, because tests wait until he has said it. */
const milo = scriptedAgent({
  ...{ name, person, role, summary, voice, deployments, handOff },
  greeting: 'Say something.',
  instructions: 'Repeat what the caller said.',
  help: 'Say something.',
  otherwise: (heard) => ({ say: [`I heard: ${heard.trim().replace(/[\s.!?,;]+$/, '')}.`] }),
});
const job = callJob({ ...milo, tools: (call) => [...milo.tools(call), neverReturns] });
const { entry } = job;

export default Object.assign(job, {
  entry(ctx: JobContext<never>) {
    ctx.room.on(RoomEvent.DataReceived, (data, _, __, topic) => {
      if (topic === FAULT_TOPIC) happen(new TextDecoder().decode(data) as Fault);
    });
    return entry(ctx);
  },
});
