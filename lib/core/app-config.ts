// What the pages derive from `app-config.ts`, which is plain data. Pure, and small enough for the browser.
import { type AppConfig, appConfig } from '@/app-config';

/**
 * The agents that callers see, in the configured order; by default all.
 * @param all the list of agents; configured names that it does not have are left out, as they may be added later
 */
export function shownAgents<Agent extends { readonly name: string }>(
  all: readonly Agent[],
  { agents }: Pick<AppConfig, 'agents'> = appConfig,
): readonly Agent[] {
  return agents?.flatMap((name) => all.find((one) => one.name === name) ?? []) ?? all;
}

/**
 * Variables of `app/globals.css` that give primary buttons a color, with black or white text.
 * @param color `#rrggbb`
 */
export const primaryVariables = (color: string): Readonly<Record<string, string>> => ({
  '--primary': color,
  '--primary-hover': `color-mix(in oklab, ${color} 88%, black)`,
  // Black and white have equal contrast (WCAG) on a grey with an OKLCH lightness of 0.57.
  '--primary-foreground': `oklch(from ${color} clamp(0, (0.57 - l) * 1000, 1) 0 0)`,
});

/** The style sheet with the accent colors; undefined if none is configured. */
export function accentStyles({
  accent,
  accentDark,
}: Pick<AppConfig, 'accent' | 'accentDark'> = appConfig): string | undefined {
  const rule = (selector: string, color: string) => {
    const variables = Object.entries(primaryVariables(color));
    return `${selector}{${variables.map(([name, value]) => `${name}:${value}`).join(';')}}`;
  };
  const dark = accentDark ?? accent;
  const rules = [accent && rule(':root', accent), dark && rule('.dark', dark)].filter(Boolean);
  return rules.length > 0 ? rules.join('') : undefined;
}
