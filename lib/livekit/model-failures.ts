// Which models, speech services and tools do not answer, as far as this process knows: from the doctor, which asks them, and
// from calls in which they failed. Nothing is asked when a page is viewed.

import { z } from 'zod';
import { CAUSES } from '@/lib/core/failure-cause';
import type { Runs } from '@/lib/core/runs-on';
import type { ReportServer } from '@/lib/livekit/server';

/** Milliseconds for which a failure is shown, unless the doctor finds that it works again. Our own choice. */
export const MODEL_ANSWERS_MS = 30 * 60_000;
export const MODEL_ANSWERS_MAX = 500;

/** A model by its name on the Agents page, and why it fails; no cause if it works. */
export const modelAnswer = z.object({ name: z.string(), cause: z.enum(CAUSES).optional() });
export type ModelAnswer = z.infer<typeof modelAnswer>;

/** Keeps whether it answers. Returns whether that is new. */
export function keepModelAnswer(server: ReportServer, { name, cause }: ModelAnswer): boolean {
  const before = server.modelFailures.get(name);
  server.modelFailures.set(name, cause);
  return before !== cause;
}

/** What an agent runs on that does not answer, by its names on the Agents page, and why. */
export function failingOf(server: ReportServer, all: readonly Runs[]) {
  const names = all.flatMap(({ models, stt, tts, tools }) => [models, stt, tts, tools]).flat();
  return [...new Set(names)].flatMap((name) => {
    const cause = server.modelFailures.get(name);
    return cause === undefined ? [] : [{ name, cause }];
  });
}
