// A stand-in for LiveKit Inference's speech, for tests: speaks the gateway's protocol on loopback,
// transcribes the first speech as one sentence and synthesizes everything as a tone.
import { startSocketServer } from '@/agent/models/testing/sockets';

interface ClientEvent {
  readonly type: string;
  readonly transcript?: string;
  readonly voice?: string;
  /** 50 ms of 16-bit samples, in base64. */
  readonly audio?: string;
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
/** Sample value that noise does not reach. */
const LOUD = 1_000;
/**
 * Audio messages with speech, and without after it, before it sends its transcript. On a busy machine, sound arrives with gaps
 * of 200 ms and more.
 */
const [SPEECH, PAUSE] = [8, 10];

/**
 * Starts it.
 * @returns its address up to and including `/v1`, the messages it received, and whether it hangs from now on
 */
export async function startGateway({ refuses, hangs = false, hears = '' }: Ways = {}) {
  const sent: ClientEvent[] = [];
  const gateway = { hangs };
  let [loud, quiet] = [0, 0];
  const session_id = 'session';
  const server = await startSocketServer<ClientEvent>({
    refuses,
    got(peer, event) {
      sent.push(event);
      if (gateway.hangs) return;
      if (event.type === 'session.create') peer.send({ type: 'session.created', session_id });
      if (event.audio && isLoud(event.audio)) {
        loud += 1;
        // A gap between two words is not the end.
        if (quiet < PAUSE) quiet = 0;
      } else if (event.audio && loud >= SPEECH && ++quiet === PAUSE) {
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
  return Object.assign(gateway, server, { sent });
}

function isLoud(audio: string): boolean {
  const bytes = Buffer.from(audio, 'base64');
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    if (Math.abs(bytes.readInt16LE(at)) > LOUD) return true;
  }
  return false;
}
