// Names of models and speech, as workers report them: on the Agents page, in the doctor's checks and in errors.
import { parseUrl } from '@/lib/core/addresses';
import type { HostedSpeech, ModelRef } from '@/lib/core/models';
import { namesLoopback } from '@/lib/core/sign-in-mode';

/** What is reported where no model has a name. The messages `catalogue` have these words. */
export const BUILT_IN = 'the scripted agent';
export const MODEL_ITSELF = 'the model itself';
export const CHOSEN_AGENT = 'the chosen agent (Letta)';
export const USUAL_VOICE = 'its usual one';
export const OWN_SPEECH = 'own speech server';

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
  `${model} (${namesLoopback(url) ? OWN_SPEECH : hostOf(url)})`;

/** The name of an MCP server: its host. */
export const toolsName = hostOf;
