// A stand-in for LiveKit Inference's speech, for tests: speaks the gateway's protocol on loopback,
// transcribes any audio as one sentence and synthesizes everything as a tone.
import { startSocketServer } from '@/agent/models/testing/sockets';

interface ClientEvent {
  readonly type: string;
  readonly transcript?: string;
  readonly voice?: string;
}

interface Ways {
  /** HTTP status to refuse with. */
  readonly refuses?: number;
  readonly hangs?: boolean;
  readonly hears?: string;
}

/** Milliseconds of audio for each text, and its samples: 16 kHz, as the client requests. */
const SOUND_MS = 200;
const SOUND = Buffer.from(
  Int16Array.from({ length: SOUND_MS * 16 }, (_, at) => 8_000 * Math.sin(at / 6)).buffer,
).toString('base64');
/** Audio messages (50 ms each) before it sends its transcript. */
const ENOUGH = 10;

/** Starts it. @returns its address up to and including `/v1`, and the messages it received */
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
