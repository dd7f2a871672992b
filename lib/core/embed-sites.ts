// Sites that may embed calls in a frame, by agent: the setting EMBED_SITES and its default. Pure; `proxy.ts`
// turns it into `frame-ancestors`. That is sufficient: our own page in the frame requests the token, and a
// browser does not load that page on a site that is not listed. A client other than a browser gets what our
// page gives everybody.
import { isLoopback } from '@/lib/core/sign-in-mode';
import { type Sites, sitesOf } from '@/lib/core/sites';

/** Path of the page that is shown in the frame. */
export const EMBED_PATH = '/embed';

/** While the server listens on loopback only, pages of this machine on any port may embed calls. */
const LOOPBACK_SITES = ['http://localhost:*', 'http://127.0.0.1:*'] as const;

interface EmbedSettings {
  readonly HOST: string;
  /** Undefined if it is not set. */
  readonly EMBED_SITES?: Sites | undefined;
}

/** The sites that may embed calls to this agent; empty if none may. */
export function sitesFor(agent: string, { HOST, EMBED_SITES }: EmbedSettings): readonly string[] {
  if (EMBED_SITES) return sitesOf(EMBED_SITES, agent);
  return isLoopback(HOST) ? LOOPBACK_SITES : [];
}
