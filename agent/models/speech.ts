// The STT and TTS of an agent: those that `STT` and `TTS` name, in order, with the speech server of
// `SPEECH_*` as the fallback.
import { inference, stt, tts } from '@livekit/agents';
import type { CatalogueAgent } from '../../lib/core/catalogue';
import type { Config } from '../../lib/core/config';
import { primary } from '../../lib/core/language';
import { isEnglish } from '../../lib/dispatch/caller-language';
import { hostedName } from '../../lib/messages/en/models';
import { addedSpeech, heardLanguage } from '../call/spoken-language';
import { SpeechSTT } from '../speech/stt';
import { SpeechTTS } from '../speech/tts';
import { inferenceKeys } from './chat-models';
import { type Failed, failureOf } from './failure';
import { HostedTts } from './hosted-tts';
import { PATIENCE_MS } from './patient-llm';

/** Milliseconds between two checks of a failed TTS: each check synthesizes a sentence. */
const LOOK_AGAIN_MS = 30_000;

/** The speech server's STT as a fallback: the framework closes its streams twice. */
class StandbyStt extends SpeechSTT {
  override stream(options?: Parameters<SpeechSTT['stream']>[0]): stt.SpeechStream {
    const stream = super.stream(options);
    const close = stream.close.bind(stream);
    let closed = false;
    stream.close = () => {
      if (!closed) close();
      closed = true;
    };
    return stream;
  }
}

const nobody: Failed = () => undefined;

/**
 * The language option for hosted speech, by the tag of a call. Not every vendor supports every
 * region. English is their default, unless the configuration names a language.
 */
const told = (tag: string) => (isEnglish(tag) ? {} : { language: primary(tag) });

/**
 * Speech to text.
 * @param failed called with the error of a hosted STT; the next one takes over
 * @param tag BCP 47 tag of the call's language
 */
export function makeStt(
  config: Config,
  agent: string,
  failed: Failed = nobody,
  tag = 'en',
): stt.STT {
  const own = {
    url: config.SPEECH_STT_URL,
    model: config.SPEECH_STT_MODEL,
    key: config.SPEECH_STT_KEY,
  };
  const code = heardLanguage(own.model, tag, addedSpeech(config.DATA_DIR));
  const hosted = (config.minds[agent]?.stt ?? []).map((ref) => {
    // In the framework's syntax, the `voice` part of an STT model is its language.
    const model = ref.voice ? `${ref.model}:${ref.voice}` : ref.model;
    const language = ref.voice ? {} : told(tag);
    const ears = new inference.STT<string>({ model, ...language, ...inferenceKeys(config) });
    ears.on('error', ({ error }) => failed(failureOf(hostedName(ref), error)));
    return ears;
  });
  if (hosted.length === 0) return new SpeechSTT(own, code);
  return new stt.FallbackAdapter({
    sttInstances: [...hosted, new StandbyStt(own, code)],
    maxRetryPerSTT: 0,
    attemptTimeoutMs: PATIENCE_MS,
  });
}

/**
 * Text to speech.
 * @param failed called with the error of a hosted TTS; the next one takes over
 * @param tag BCP 47 tag of the call's language
 */
export function makeTts(
  config: Config,
  agent: CatalogueAgent,
  failed: Failed = nobody,
  tag = 'en',
): tts.TTS {
  const own = new SpeechTTS({
    url: config.SPEECH_TTS_URL,
    model: config.SPEECH_TTS_MODEL,
    voice: config.SPEECH_TTS_VOICE ?? agent.voice,
    key: config.SPEECH_TTS_KEY,
  });
  const named = config.minds[agent.name]?.tts ?? [];
  if (named.length === 0) return own;
  const hosted = named.map(
    (ref) => new HostedTts({ ...ref, ...told(tag), ...inferenceKeys(config) }),
  );
  const all = new tts.FallbackAdapter({
    ttsInstances: [...hosted, own],
    maxRetryPerTTS: 0,
    recoveryDelayMs: LOOK_AGAIN_MS,
  });
  for (const [at, ref] of named.entries()) {
    // The adapter forwards errors, and the session would count them although the next TTS speaks.
    hosted[at]?.removeAllListeners('error');
    hosted[at]?.on('error', ({ error }) => failed(failureOf(hostedName(ref), error)));
  }
  return all;
}
