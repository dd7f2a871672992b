// What the pages derive from `app-config.ts`, which is plain data. Pure, and small enough for the browser.
import { type AppConfig, appConfig } from '@/app-config';
import { type CatalogueAgent, catalogue, lettaAgent } from './catalogue';

/**
 * The agents of the catalogue on the start page, in the configured order.
 * @throws Error if the configuration has none, or one that does not exist
 */
export function shownAgents({ agents }: Pick<AppConfig, 'agents'> = appConfig) {
  if (!agents) return catalogue;
  const shown = agents
    .filter((name) => name !== lettaAgent.name)
    .map((name): CatalogueAgent => {
      const agent = catalogue.find((one) => one.name === name);
      if (agent) return agent;
      const valid = catalogue.map((one) => one.name).join(', ');
      throw new Error(`app-config.ts has an unknown agent: ${name}. Valid: ${valid}`);
    });
  const [first, ...others] = shown;
  if (!first) throw new Error('app-config.ts must list at least one agent of the catalogue');
  return [first, ...others] as const;
}

/** Whether the start page shows the agents of a Letta server. */
export const showsLetta = ({ agents }: Pick<AppConfig, 'agents'> = appConfig): boolean =>
  agents?.includes(lettaAgent.name) ?? true;

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
