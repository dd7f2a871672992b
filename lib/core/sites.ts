// Settings with the sites of each agent: EMBED_SITES and TOKEN_ORIGINS. Pure.
import { parseUrl } from '@/lib/core/addresses';

/** Sites by agent name. */
export type Sites = Readonly<Record<string, readonly string[]>>;

/**
 * An origin as in a Content-Security-Policy: scheme, host with optional leading `*.`, and port.
 * Nothing else is allowed, because the value goes into a header.
 */
const SITE = /^https?:\/\/(\*\.)?[a-z\d]([a-z\d.-]*[a-z\d])?(:\d{1,5})?$/i;

/**
 * Parses `front-desk=https://a.example,https://b.example; billing=https://*.c.example`. Whether the agents exist is not
 * checked, because agents can be added later.
 * @returns the sites; and in `problems` what is wrong with the setting
 */
export function parseSites(setting: string): {
  readonly sites: Sites;
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
    if (agent === '' || /\p{Cc}/u.test(agent)) {
      problems.push(`has "${entry}", which is not AGENT=SITE`);
    }
    for (const site of named.filter((one) => !SITE.test(one))) {
      problems.push(
        `has "${site}", which is not a site: write an origin like https://www.example.com`,
      );
    }
    sites[agent] = [...sitesOf(sites, agent), ...named];
  }
  return { sites, problems };
}

/** The sites of an agent; empty if it has none. */
export const sitesOf = (sites: Sites | undefined, agent: string): readonly string[] =>
  (sites && Object.hasOwn(sites, agent) && sites[agent]) || [];

/**
 * Whether pages of this origin are pages of one of the sites. Like in a Content-Security-Policy, `*.` stands for one or
 * more labels of a host.
 * @param origin as in the header `Origin`; `null` is the origin of no site
 */
export function isOriginOf(sites: readonly string[], origin: string): boolean {
  return sites.some((site) => {
    const [before = '', after] = (parseUrl(site)?.origin ?? site).split('*');
    if (after === undefined) return origin === before;
    const { length } = before + after;
    return origin.length > length && origin.startsWith(before) && origin.endsWith(after);
  });
}
