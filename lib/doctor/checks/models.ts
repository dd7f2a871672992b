// Asks every configured model, hosted speech service, MCP server and Letta with the smallest real request. Keeps the result,
// which the Agents page shows. The servers of `SPEECH_*` are checked by a round trip: `speech.ts`.

import { uniqBy } from 'es-toolkit';
import { recordModelAnswer } from '@/lib/calls/ingest/model-answers';
import type { Config } from '@/lib/core/config';
import { causeOf } from '@/lib/core/failure-cause';
import type { Check, CheckResult } from '@/lib/core/finding';
import type { Language } from '@/lib/core/language';
import { CHOSEN_AGENT, hostedName, modelName, toolsName } from '@/lib/core/model-names';
import type { ModelRef } from '@/lib/core/models';
import { redact } from '@/lib/core/redact';
import { since } from '@/lib/core/wait';
import { ANSWER_MS, ask, type Target } from '@/lib/doctor/ask-model';
import { timeIn } from '@/lib/doctor/check';
import type { DoctorServer } from '@/lib/doctor/server';
import { translator } from '@/lib/messages/messages';

/** Milliseconds for a check: connecting to an MCP server and listing its tools are two requests. */
const LIMIT_MS = 2 * ANSWER_MS + 2_000;
/** Characters of what a server said that are shown. */
const DETAIL_MAX = 200;

/** Its name, as on the Agents page. */
function nameOf(target: Target, config: Config): string {
  if (target.what === 'model') return modelName(target.ref, config);
  if (target.what === 'mcp') return toolsName(target.url);
  return target.what === 'letta' ? CHOSEN_AGENT : hostedName(target.ref);
}

const INFERENCE = 'LIVEKIT_INFERENCE_URL, LIVEKIT_INFERENCE_API_KEY, LIVEKIT_INFERENCE_API_SECRET';

function settingsOf(target: Target): string {
  if (target.what === 'mcp') return 'MCP_SERVERS';
  if (target.what === 'letta') return 'LETTA_URL, LETTA_API_KEY';
  if (target.what !== 'model') return `${target.what.toUpperCase()}, ${INFERENCE}`;
  const settings: Record<ModelRef['kind'], string> = {
    openai: 'OPENAI_API_KEY, OPENAI_BASE_URL, MODELS',
    realtime: 'OPENAI_API_KEY, OPENAI_BASE_URL, MODELS',
    compatible: 'LLM_URL, LLM_MODEL, LLM_KEY, MODELS',
    inference: `${INFERENCE}, MODELS`,
    letta: 'LETTA_URL, LETTA_API_KEY, MODELS',
  };
  return settings[target.ref.kind];
}

/** The path at the end of its URL, usually. Letta's has none. */
function pathOf(target: Target): 'v1' | 'mcp' | 'none' {
  if (target.what === 'mcp') return 'mcp';
  const isLetta =
    target.what === 'letta' || (target.what === 'model' && target.ref.kind === 'letta');
  return isLetta ? 'none' : 'v1';
}

/** Whether it is asked to write, which costs tokens. */
const isPaid = (target: Target) =>
  target.what === 'model' && !['realtime', 'letta'].includes(target.ref.kind);

/** Everything that agents use, once. */
function targetsOf(config: Config): readonly Target[] {
  const all = Object.values(config.agentModels).flatMap(({ models, stt, tts, mcp }): Target[] => [
    ...models.map((ref) => ({ what: 'model', ref }) as const),
    ...stt.map((ref) => ({ what: 'stt', ref }) as const),
    ...tts.map((ref) => ({ what: 'tts', ref }) as const),
    // Without a language model, nothing calls tools.
    ...(models.length > 0 ? mcp.map((url) => ({ what: 'mcp', url }) as const) : []),
  ]);
  if (config.LETTA_URL) all.push({ what: 'letta' });
  return uniqBy(all, (one) => JSON.stringify(one));
}

async function check(
  server: DoctorServer,
  target: Target,
  language: Language,
): Promise<CheckResult> {
  const t = translator(language, 'doctor');
  const { config } = server;
  const name = nameOf(target, config);
  const matters = t('models.matters');
  const cost = t(isPaid(target) ? 'models.cost' : 'models.free');
  const began = performance.now();
  try {
    await ask(server, target, config);
    recordModelAnswer(server, { name });
    const seen = `${t('models.ok', { time: timeIn(language)(since(began)) })} ${cost}`;
    return { state: 'ok', seen, matters, todo: '' };
  } catch (error) {
    const { cause, detail } = causeOf(error);
    recordModelAnswer(server, { name, cause });
    const said = redact(detail).replaceAll(/\s+/g, ' ').slice(0, DETAIL_MAX);
    const why = t(`models.causes.${cause}`);
    const seen = `${why}${said ? ` (${said})` : ''}. ${cost}`;
    const about = { settings: settingsOf(target), path: pathOf(target) };
    return { state: 'fail', seen, matters, todo: t(`models.todo.${cause}`, about) };
  }
}

/** A check for each. */
export function modelChecks(server: DoctorServer, language: Language): readonly Check[] {
  const titles = translator(language, 'checks');
  const { config } = server;
  return targetsOf(config).map((target, at) => ({
    // Not the URL of an MCP server, which may have a key.
    id: `${target.what}:${at}`,
    title: titles(`answers.${target.what}`, { name: nameOf(target, config) }),
    limitMs: LIMIT_MS,
    run: () => check(server, target, language),
  }));
}
