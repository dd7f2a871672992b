// What a person chose in Settings, as it is kept in their browser. Read with care: what stands in
// local storage may be old, half-written or another program's, and must never stop the page. Looked at by
// hand: zod would be 23 KB of the page's first load for these few values.
import type { Takeover } from '@/lib/livekit/attributes';

/** Key in local storage. */
export const SETTINGS_KEY = 'callboard.settings';

export interface Settings {
  /** Calls go to the staging deployment. */
  readonly staging: boolean;
  /** Device ids; "" is the system's choice. */
  readonly microphone: string;
  readonly speaker: string;
  /** The agent's words under its light. */
  readonly captions: boolean;
  /** Latencies, the deployment and the time of tools, for those who may see them. */
  readonly developer: boolean;
  /** Soft tones on joining and leaving. */
  readonly sounds: boolean;
  /** What the agent does when an invited colleague joins. */
  readonly takeover: Takeover;
  /** The name this person joins others' calls with. */
  readonly name: string;
}

export const DEFAULT_SETTINGS: Settings = {
  staging: false,
  microphone: '',
  speaker: '',
  captions: false,
  developer: true,
  sounds: true,
  takeover: 'leave',
  name: '',
};

const TAKEOVERS: readonly unknown[] = ['leave', 'stay'] satisfies Takeover[];

/** Whether a setting of that name can have the value: it is of the kind of its default. */
function fits(name: string, value: unknown): boolean {
  if (name === 'takeover') return TAKEOVERS.includes(value);
  return typeof value === typeof DEFAULT_SETTINGS[name as keyof Settings];
}

/** The settings in a stored text; whatever is missing or wrong is as by default. */
export function parseSettings(stored: string | null): Settings {
  let found: unknown;
  try {
    found = JSON.parse(stored ?? '{}');
  } catch {
    return DEFAULT_SETTINGS;
  }
  const right = Object.entries(found ?? {}).filter(
    ([name, value]) => Object.hasOwn(DEFAULT_SETTINGS, name) && fits(name, value),
  );
  return { ...DEFAULT_SETTINGS, ...Object.fromEntries(right) };
}
