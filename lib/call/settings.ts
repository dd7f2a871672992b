// A person's settings in their browser's local storage. Stored values may be old, incomplete or another program's, and
// must never break the page. Validated by hand, because zod would add 23 KB to the page's first load for these few
// values.
import { jsonIn } from '@/lib/core/json';
import type { Takeover } from '@/lib/livekit/attributes';

/** Key in local storage. */
export const SETTINGS_KEY = 'callboard.settings';

/** How a person talks: microphone open, muted until they hold a button, or not requested at all. */
export const TALKS = ['open', 'push', 'text'] as const;
export type Talk = (typeof TALKS)[number];

export interface Settings {
  /** Whether calls go to the staging deployment. */
  readonly staging: boolean;
  /** Device IDs; "" is the system's default. */
  readonly microphone: string;
  readonly speaker: string;
  readonly talk: Talk;
  /** Whether the agent's words are shown below the visualizer. */
  readonly captions: boolean;
  /** Whether latencies, deployments and tool times are shown, to people with permission. */
  readonly developer: boolean;
  /** Whether tones are played on joining and leaving. */
  readonly sounds: boolean;
  /** What the agent does when an invited colleague joins. */
  readonly takeover: Takeover;
  /** The name with which this person joins other people's calls. */
  readonly name: string;
}

export const DEFAULT_SETTINGS: Settings = {
  staging: false,
  microphone: '',
  speaker: '',
  talk: 'open',
  captions: false,
  developer: true,
  sounds: true,
  takeover: 'leave',
  name: '',
};

/** The values of settings with a fixed choice. */
const CHOICES: Readonly<Record<string, readonly unknown[]>> = {
  takeover: ['leave', 'stay'] satisfies Takeover[],
  talk: TALKS,
};

/** Whether a setting can have the value: it is one of its choices, or has the type of its default. */
function fits(name: string, value: unknown): boolean {
  const choices = CHOICES[name];
  if (choices) return choices.includes(value);
  return typeof value === typeof DEFAULT_SETTINGS[name as keyof Settings];
}

/** Parses stored settings; missing or invalid values have defaults. */
export function parseSettings(stored: string | null): Settings {
  const right = Object.entries(jsonIn(stored ?? '') ?? {}).filter(
    ([name, value]) => Object.hasOwn(DEFAULT_SETTINGS, name) && fits(name, value),
  );
  return { ...DEFAULT_SETTINGS, ...Object.fromEntries(right) };
}
