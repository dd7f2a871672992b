// What a developer changes for one call on staging: models, voice and instructions. Part of the dispatch metadata.
import * as z from 'zod/mini';
import { metadataObject } from '@/lib/dispatch/metadata';

/** Maximum characters of instructions: metadata has at most 16 KiB. Our own choice. */
export const INSTRUCTIONS_MAX = 8_000;
const WORDS_MAX = 300;

const words = (max: number) => z.optional(z.string().check(z.trim(), z.maxLength(max)));

/** All fields are optional; an empty one changes nothing. */
const overrides = z.object({
  /** Models in order of fallback, as in the setting `MODELS`. */
  models: words(WORDS_MAX),
  /** Voice of the speech server, or of the hosted text to speech that is set. */
  voice: words(WORDS_MAX),
  /** Instructions for the models, in place of the agent's. */
  instructions: words(INSTRUCTIONS_MAX),
});
export type Overrides = z.infer<typeof overrides>;

const envelope = z.object({ overrides });

/** The overrides in a dispatch's metadata: `invalid` if they do not have this shape, undefined without any. */
export function readOverrides(metadata: string): Overrides | 'invalid' | undefined {
  const fields = metadataObject(metadata) ?? {};
  if (!('overrides' in fields)) return undefined;
  return envelope.safeParse(fields).data?.overrides ?? 'invalid';
}
