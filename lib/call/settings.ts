// What a person chose in Settings, as it is kept in their browser. Read with care: what stands in
// local storage may be old, half-written or another program's, and must never stop the page.
import * as z from 'zod/mini';
import type { Takeover } from '@/lib/signals';

/** Key in local storage. */
export const SETTINGS_KEY = 'callboard.settings';

const settings = z.object({
  /** Calls go to the staging deployment. */
  staging: z.catch(z.boolean(), false),
  /** Device ids; "" is the system's choice. */
  microphone: z.catch(z.string(), ''),
  speaker: z.catch(z.string(), ''),
  /** The agent's words under its light. */
  captions: z.catch(z.boolean(), false),
  /** Soft tones on joining and leaving. */
  sounds: z.catch(z.boolean(), true),
  /** What the agent does when an invited colleague joins. */
  takeover: z.catch(z.enum(['leave', 'stay'] satisfies Takeover[]), 'leave'),
  /** The name this person joins others' calls with. */
  name: z.catch(z.string(), ''),
});
export type Settings = z.infer<typeof settings>;

export const DEFAULT_SETTINGS: Settings = settings.parse({});

/** The settings in a stored text; whatever is missing or wrong is as by default. */
export function parseSettings(stored: string | null): Settings {
  try {
    const parsed = settings.safeParse(JSON.parse(stored ?? '{}'));
    return parsed.success ? parsed.data : DEFAULT_SETTINGS;
  } catch {
    return DEFAULT_SETTINGS;
  }
}
