// A stand-in for OpenAI Realtime, for tests: speaks its protocol on loopback, answers from a script
// and records what it was sent.
import { type Connected, startSocketServer } from '@/agent/models/testing/sockets';

/** An answer: words, a tool call, or a failure. */
export interface SpokenReply {
  /** Transcript of the audio it answers; none if undefined. */
  readonly heard?: string;
  readonly say?: string;
  readonly call?: { readonly name: string; readonly args: object };
  readonly fails?: string;
  /** The connection ends after half of the words. */
  readonly breaksOff?: boolean;
  readonly hangs?: boolean;
  /** It is not finished until it is cancelled. */
  readonly stays?: boolean;
}

interface ClientEvent {
  readonly type: string;
  readonly item?: object;
  readonly session?: Readonly<Record<string, unknown>>;
  readonly response?: { readonly metadata?: unknown };
}

/** 100 ms of a tone at 24 kHz, as OpenAI sends audio. */
const SOUND = Buffer.from(
  Int16Array.from({ length: 2_400 }, (_, at) => 8_000 * Math.sin(at / 9)).buffer,
).toString('base64');

/** What happens on connecting. */
export interface Door {
  /** HTTP status to refuse with. */
  readonly refuses?: number;
  /** An error sent after connecting, before it disconnects. */
  readonly throwsOut?: string;
}

/** The words of an answer, or half of them, with audio. */
function speak(peer: Connected, itemId: string, { say = '', breaksOff }: SpokenReply): void {
  const item = { id: itemId, type: 'message', role: 'assistant', content: [] };
  const part = { item_id: itemId, content_index: 0 };
  peer.send({ type: 'response.output_item.added', item });
  peer.send({ type: 'conversation.item.added', item });
  peer.send({ type: 'response.content_part.added', ...part, part: { type: 'audio' } });
  const words = say.match(/\S+\s*/g) ?? [];
  for (const delta of breaksOff ? words.slice(0, words.length / 2) : words) {
    peer.send({ type: 'response.output_audio_transcript.delta', ...part, delta });
    peer.send({ type: 'response.output_audio.delta', ...part, delta: SOUND });
  }
  if (breaksOff) peer.drop();
  else peer.send({ type: 'response.output_item.done', item });
}

function callTool(peer: Connected, at: number, { name, args }: NonNullable<SpokenReply['call']>) {
  const call = { name, call_id: `call_${at}`, arguments: JSON.stringify(args) };
  const item = { id: `fn_${at}`, type: 'function_call', ...call };
  for (const type of ['response.output_item.added', 'conversation.item.added']) {
    peer.send({ type, item });
  }
  peer.send({ type: 'response.output_item.done', item });
}

/** Starts it. @returns its address up to and including `/v1`, and the messages it received */
export async function startRealtimeServer(script: readonly SpokenReply[], door: Door = {}) {
  const sent: ClientEvent[] = [];
  let answers = 0;
  let open: object = {};

  function answer(peer: Connected, { response }: ClientEvent): void {
    const reply = script[answers++] ?? { say: 'Yes.' };
    if (reply.hangs) return;
    const ids = { id: `resp_${answers}`, metadata: response?.metadata };
    peer.send({ type: 'response.created', response: ids });
    if (reply.say) speak(peer, `item_${answers}`, reply);
    if (reply.breaksOff) return;
    if (reply.call) callTool(peer, answers, reply.call);
    open = ids;
    if (reply.stays) return;
    const error = { type: 'server_error', message: reply.fails };
    const status = reply.fails
      ? { status: 'failed', status_details: { type: 'failed', error } }
      : { status: 'completed' };
    peer.send({ type: 'response.done', response: { ...ids, ...status } });
  }

  /** The caller's audio is a turn. */
  function hear(peer: Connected): void {
    const item_id = `heard_${answers}`;
    const item = { id: item_id, type: 'message', role: 'user', content: [{ type: 'input_audio' }] };
    peer.send({ type: 'conversation.item.added', item });
    const transcript = script[answers]?.heard;
    if (!transcript) return;
    const type = 'conversation.item.input_audio_transcription.completed';
    peer.send({ type, item_id, content_index: 0, transcript });
  }

  const server = await startSocketServer<ClientEvent>({
    refuses: door.refuses,
    joined(peer) {
      if (!door.throwsOut) return;
      const error = { type: 'invalid_request_error', message: door.throwsOut };
      peer.send({ type: 'error', error });
      setImmediate(() => peer.drop());
    },
    got(peer, event) {
      sent.push(event);
      if (event.type === 'input_audio_buffer.commit') hear(peer);
      if (event.type === 'response.create') answer(peer, event);
      if (event.type === 'response.cancel') {
        peer.send({ type: 'response.done', response: { ...open, status: 'cancelled' } });
      }
      if (event.type === 'conversation.item.create') {
        peer.send({ type: 'conversation.item.added', item: event.item });
      }
    },
  });
  return { ...server, sent };
}
