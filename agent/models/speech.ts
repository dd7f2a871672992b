// The STT and TTS of an agent: those that `STT` and `TTS` name, in order, with the speech server of
// `SPEECH_*` as the fallback.
import {
  type APIConnectOptions,
  DEFAULT_API_CONNECT_OPTIONS,
  inference,
  stt,
  tts,
} from '@livekit/agents';
import type { AgentDefinition } from '@/agent/core/agent-definition';
import { WholeTextTts } from '@/agent/framework/inference-tts';
import type { CatalogueAgent } from '@/lib/core/catalogue';
import type { Config } from '@/lib/core/config';
import { primary } from '@/lib/core/language';
import { hostedName } from '@/lib/core/model-names';
import { isEnglish } from '@/lib/dispatch/caller-language';
import '@/agent/framework/stream-writer';
import { ANSWER_TIMEOUT_MS, type Failed, failureOf } from '@/agent/models/llm-timeout';
import { inferenceKeys } from '@/agent/models/models';
import { installedSpeech, sttLanguage } from '@/agent/models/spoken-language';
import { SpeechSTT, SpeechTTS } from '@/agent/speech/plugins';

/** Milliseconds between two checks of a failed TTS: each check synthesizes a sentence. */
const RECHECK_MS = 30_000;

const ignore: Failed = () => undefined;

/**
 * The language option for hosted speech, by the tag of a call. Not every vendor supports every
 * region. English is their default, unless the configuration names a language.
 */
const languageOption = (tag: string) => (isEnglish(tag) ? {} : { language: primary(tag) });

type Listens = Pick<AgentDefinition, 'name' | 'vocabulary'>;

/** Speech to text by the own speech server. @param late as in {@link SpeechSTT} */
function makeOwnStt(
  config: Config,
  { vocabulary }: Listens,
  tag: string,
  late: (ms: number) => void,
): stt.STT {
  const own = {
    url: config.SPEECH_STT_URL,
    model: config.SPEECH_STT_MODEL,
    key: config.SPEECH_STT_KEY,
  };
  const code = sttLanguage(own.model, tag, installedSpeech(config.DATA_DIR));
  return new SpeechSTT(own, code, vocabulary, late);
}

/** Speech by the own speech server. */
const makeOwnTts = (config: Config, { voice }: Pick<CatalogueAgent, 'voice'>): tts.TTS =>
  new SpeechTTS({
    url: config.SPEECH_TTS_URL,
    model: config.SPEECH_TTS_MODEL,
    voice: config.SPEECH_TTS_VOICE ?? voice ?? '',
    key: config.SPEECH_TTS_KEY,
  });

/** What goes on when hosted speech is stuck; undefined where the own speech server is what speaks and listens anyway. */
export function makeExchange(
  config: Config,
  agent: AgentDefinition,
  tag: string,
  late: (ms: number) => void,
) {
  const { stt: listens = [], tts: speaks = [] } = config.agentModels[agent.name] ?? {};
  return {
    stt: listens.length > 0 ? makeOwnStt(config, agent, tag, late) : undefined,
    tts: speaks.length > 0 ? makeOwnTts(config, agent) : undefined,
  };
}

/**
 * Speech to text.
 * @param failed called with the error of a hosted STT; the next one takes over
 * @param late as in {@link SpeechSTT}
 */
export function makeStt(
  config: Config,
  agent: Listens,
  failed: Failed = ignore,
  tag = 'en',
  late: (ms: number) => void = () => {},
): stt.STT {
  const own = makeOwnStt(config, agent, tag, late);
  const hosted = (config.agentModels[agent.name]?.stt ?? []).map((ref) => {
    // In the framework's syntax, the `voice` part of an STT model is its language.
    const model = ref.voice ? `${ref.model}:${ref.voice}` : ref.model;
    const language = ref.voice ? {} : languageOption(tag);
    const client = new inference.STT<string>({ model, ...language, ...inferenceKeys(config) });
    client.on('error', ({ error }) => failed(failureOf(hostedName(ref), error)));
    return client;
  });
  if (hosted.length === 0) return own;
  return new stt.FallbackAdapter({
    sttInstances: [...hosted, own],
    maxRetryPerSTT: 0,
    attemptTimeoutMs: ANSWER_TIMEOUT_MS,
  });
}

/** Text to speech. @param failed called with the error of a hosted TTS; the next one takes over */
export function makeTts(
  config: Config,
  agent: CatalogueAgent,
  failed: Failed = ignore,
  tag = 'en',
): tts.TTS {
  const own = makeOwnTts(config, agent);
  const named = config.agentModels[agent.name]?.tts ?? [];
  if (named.length === 0) return own;
  const hosted = named.map(
    (ref) => new HostedTts({ ...ref, ...languageOption(tag), ...inferenceKeys(config) }),
  );
  const all = new tts.FallbackAdapter({
    ttsInstances: [...hosted, own],
    maxRetryPerTTS: 0,
    recoveryDelayMs: RECHECK_MS,
  });
  for (const [at, ref] of named.entries()) {
    // The adapter forwards errors, and the session would count them although the next TTS speaks.
    hosted[at]?.removeAllListeners('error');
    hosted[at]?.on('error', ({ error }) => failed(failureOf(hostedName(ref), error)));
  }
  return all;
}

/** LiveKit Inference's TTS. The framework's own timeout is 10 s, by which time a caller has hung up. */
class HostedTts extends WholeTextTts {
  override stream(options?: { connOptions?: APIConnectOptions }) {
    const { connOptions = DEFAULT_API_CONNECT_OPTIONS } = options ?? {};
    return super.stream({ connOptions: { ...connOptions, timeoutMs: ANSWER_TIMEOUT_MS } });
  }
}
