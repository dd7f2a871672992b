// A stand-in for LiveKit Inference's speech, for the tests: it speaks the gateway's protocol on
// loopback, hears one sentence in whatever comes, and says everything as a tone.
import { startSocketServer } from './sockets';

/** What a client sends, as far as it is read. */
interface ClientEvent {
  readonly type: string;
  readonly transcript?: string;
  readonly voice?: string;
}

/** How it does. */
interface Ways {
  /** HTTP status it refuses with. */
  readonly refuses?: number;
  /** It takes what it is sent, and never answers. */
  readonly hangs?: boolean;
  /** What it hears. */
  readonly hears?: string;
}

/** Milliseconds of sound for each text, and the samples of it: 16 kHz, as the client asks for. */
const SOUND_MS = 200;
const SOUND = Buffer.from(
  Int16Array.from({ length: SOUND_MS * 16 }, (_, at) => 8_000 * Math.sin(at / 6)).buffer,
).toString('base64');
/** Pieces of sound after which it has heard its sentence: each is 50 ms. */
const ENOUGH = 10;

/** Starts it. @returns its address up to and with `/v1`, and what it was sent */
export async function startGateway({ refuses, hangs, hears = '' }: Ways = {}) {
  const sent: ClientEvent[] = [];
  let pieces = 0;
  const session_id = 'session';
  const server = await startSocketServer<ClientEvent>({
    refuses,
    got(peer, event) {
      sent.push(event);
      if (hangs) return;
      if (event.type === 'session.create') peer.send({ type: 'session.created', session_id });
      if (event.type === 'input_audio' && ++pieces === ENOUGH) {
        peer.send({ type: 'interim_transcript', transcript: hears.split(' ')[0] });
        peer.send({ type: 'final_transcript', transcript: hears, language: 'en' });
      }
      if (event.type === 'session.finalize') peer.send({ type: 'session.closed', session_id });
      if (event.type === 'session.flush') {
        peer.send({ type: 'output_audio', audio: SOUND, session_id });
        peer.send({ type: 'done', session_id });
      }
    },
  });
  return { ...server, sent };
}
