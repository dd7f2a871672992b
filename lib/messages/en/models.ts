// Names of models and speech: on the Agents page, in worker reports and in errors.
import { parseUrl } from '@/lib/core/addresses';
import type { HostedSpeech, ModelRef } from '@/lib/core/models';
import { namesLoopback } from '@/lib/core/sign-in-mode';

/** The host of a URL. */
const hostOf = (url: string | undefined) => parseUrl(url ?? '')?.host ?? '';

/** URLs that are part of a model's name. */
interface Places {
  readonly LLM_URL?: string | undefined;
  readonly OPENAI_BASE_URL?: string | undefined;
}

const INFERENCE = 'LiveKit Inference';

/** The name of a model with its provider: "gpt-4.1-mini (OpenAI)". */
export function modelName({ kind, model }: ModelRef, places: Places): string {
  const openAi = hostOf(places.OPENAI_BASE_URL) || 'OpenAI';
  const where = {
    openai: openAi,
    realtime: `${openAi} Realtime`,
    compatible: hostOf(places.LLM_URL),
    inference: INFERENCE,
    letta: 'Letta',
  }[kind];
  return `${model} (${where})`;
}

/** The name of a hosted speech model. */
export const hostedName = ({ model }: HostedSpeech) => `${model} (${INFERENCE})`;

/** The name of a speech server's model: "flite (own speech server)". */
export const speechName = (model: string, url: string): string =>
  `${model} (${namesLoopback(url) ? 'own speech server' : hostOf(url)})`;

/** The name of an MCP server: its host. */
export const toolsName = hostOf;

export const modelsText = {
  builtIn: 'the scripted agent',
  itself: 'the model itself',
  chosen: 'the chosen agent (Letta)',
  usual: 'its usual one',
  title: 'Runs on',
  of: (person: string) => `What ${person} runs on`,
  thinks: 'Thinks with',
  hears: 'hears with',
  speaks: 'speaks with',
  voice: 'voice',
  tools: 'tools from',
  missing: (problems: readonly string[]) => `Left out: ${problems.join('; ')}.`,
  failing: (name: string, why: string) => `${name} fails: ${why}.`,
  causes: {
    key: 'it refuses the key, or needs one',
    model: 'it does not know the model or refuses the request',
    credit: 'the account has no credit, or is over its limit',
    unreachable: 'it cannot be reached',
    tls: 'no secure connection',
    late: 'it does not answer in time',
    foreign: 'something else answers at its address',
    other: 'it returns an error',
  },
  inTurn: (names: readonly string[]) => names.join(', then '),
  all: (names: readonly string[]) => names.join(', '),
} as const;
