// Sites that may embed calls in a frame, by agent: the setting EMBED_SITES and its default. Pure; `proxy.ts`
// turns it into `frame-ancestors`. That is sufficient: our own page in the frame requests the token, and a
// browser does not load that page on a site that is not listed. A client other than a browser gets what our
// page gives everybody.
import { isLoopback } from './sign-in-mode';

/** Path of the page that is shown in the frame. */
export const EMBED_PATH = '/embed';

/** Sites by agent name. */
type EmbedSites = Readonly<Record<string, readonly string[]>>;

/** While the server listens on loopback only, pages of this machine on any port may embed calls. */
const LOOPBACK_SITES = ['http://localhost:*', 'http://127.0.0.1:*'] as const;

/**
 * An origin as in a Content-Security-Policy: scheme, host with optional leading `*.`, and port.
 * Nothing else is allowed, because the value goes into a header.
 */
const SITE = /^https?:\/\/(\*\.)?[a-z\d]([a-z\d.-]*[a-z\d])?(:\d{1,5})?$/i;

/**
 * Parses `front-desk=https://a.example,https://b.example; billing=https://*.c.example`.
 * @returns the sites; and in `problems` what is wrong with the setting
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
    if (agent === '') {
      problems.push(
        `has "${entry}", which does not begin with AGENT=: the part before "=" is the name of an agent`,
      );
    }
    for (const site of named.filter((one) => !SITE.test(one))) {
      problems.push(
        `has "${site}", which is not a site: write an origin like https://www.example.com`,
      );
    }
    sites[agent] = [...(sites[agent] ?? []), ...named];
  }
  return { sites, problems };
}

/** Settings that decide who may embed calls. */
interface EmbedSettings {
  readonly HOST: string;
  /** Undefined if it is not set. */
  readonly EMBED_SITES?: EmbedSites | undefined;
}

/** The sites that may embed calls to this agent; empty if none may. */
export function sitesFor(agent: string, { HOST, EMBED_SITES }: EmbedSettings): readonly string[] {
  if (EMBED_SITES) return Object.hasOwn(EMBED_SITES, agent) ? (EMBED_SITES[agent] ?? []) : [];
  return isLoopback(HOST) ? LOOPBACK_SITES : [];
}
