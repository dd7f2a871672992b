// Which sites may show a call in a frame, for each agent: the setting EMBED_SITES, and what counts where
// it is not set. Pure; `proxy.ts` makes `frame-ancestors` of it. That is enough: a token is asked for by
// our own page in the frame, which a visitor's browser does not load on a site that is not named, and who
// asks without a browser gets what our own page gives everybody.
import { catalogue } from './catalogue';

/** The page that is shown in the frame. */
export const EMBED_PATH = '/embed';

/** Sites for each agent, by its name. */
export type EmbedSites = Readonly<Record<string, readonly string[]>>;

/** While the server listens on this machine alone, pages of this machine may try it, on any port. */
const LOOPBACK_SITES = ['http://localhost:*', 'http://127.0.0.1:*'] as const;

/**
 * An origin as a Content-Security-Policy has it: scheme, host with or without `*.` before it, and port.
 * Nothing else: what stands here goes into a header.
 */
const SITE = /^https?:\/\/(\*\.)?[a-z\d]([a-z\d.-]*[a-z\d])?(:\d{1,5})?$/i;

/** Whether an address is one that only this machine can reach. */
const isLoopback = (host: string) => /^(localhost|::1|127(\.\d{1,3}){3})$/.test(host);

/**
 * Reads `front-desk=https://a.example,https://b.example; billing=https://*.c.example`.
 * @returns the sites, or in `problems` what is wrong with them
 */
export function parseSites(setting: string): {
  readonly sites: EmbedSites;
  readonly problems: readonly string[];
} {
  const sites: Record<string, readonly string[]> = {};
  const problems: string[] = [];
  for (const entry of setting.split(';').map((one) => one.trim())) {
    if (entry === '') continue;
    const at = entry.indexOf('=');
    const agent = entry.slice(0, Math.max(at, 0)).trim();
    const named = entry
      .slice(at + 1)
      .split(',')
      .map((site) => site.trim());
    if (!catalogue.some(({ name }) => name === agent)) {
      problems.push(`has "${entry}", which begins with no agent's name and "="`);
    }
    for (const site of named.filter((one) => !SITE.test(one))) {
      problems.push(`has "${site}", which is no site: write https://www.example.com, no path`);
    }
    sites[agent] = [...(sites[agent] ?? []), ...named];
  }
  return { sites, problems };
}

/** Settings that say who may show calls. */
interface EmbedSettings {
  readonly HOST: string;
  /** Undefined where it is not set. */
  readonly EMBED_SITES?: EmbedSites | undefined;
}

/** The sites that may show calls to this agent in a frame; none where nothing allows any. */
export function sitesFor(agent: string, { HOST, EMBED_SITES }: EmbedSettings): readonly string[] {
  if (EMBED_SITES) return Object.hasOwn(EMBED_SITES, agent) ? (EMBED_SITES[agent] ?? []) : [];
  const known = catalogue.some(({ name }) => name === agent);
  return known && isLoopback(HOST) ? LOOPBACK_SITES : [];
}
