// What: sessions in this worker record nothing for an upload that would go to Callboard, or nowhere.
// Why: the LiveKit server may ask each session for an upload, as that of `npm start` does. Callboard already has the events of
// these, and the framework would encode their audio and keep their events in memory for nothing.
// Upstream: none reported. `ServerOptions` would need an option that overrules the server.
import { voice } from '@livekit/agents';
import { isLiveKitCloud, parseUrl } from '../../lib/core/addresses';
import type { Config } from '../../lib/core/config';
import { namesLoopback } from '../../lib/core/sign-in-mode';

/** Where a URL leads to: one text for all names of this machine. */
const placeOf = ({ href, host, port, pathname }: URL): string =>
  `${namesLoopback(href) ? `:${port}` : host}${pathname.replace(/\/+$/, '')}`;

/**
 * What `record` of a session becomes.
 * @param url `LIVEKIT_OBSERVABILITY_URL`
 * @returns `never`: Callboard would get the upload. `unasked`: nobody would, so only an agent's own code may ask for a recording.
 *   `framework`: another program or LiveKit Cloud gets it
 */
export function recordMode(
  { LIVEKIT_URL, CALLBOARD_URL, PUBLIC_URL }: Partial<Config>,
  url: string | undefined,
): 'never' | 'unasked' | 'framework' {
  // The framework ignores what is no URL.
  const to = parseUrl(url ?? '');
  if (!to) return isLiveKitCloud(LIVEKIT_URL ?? '') ? 'framework' : 'unasked';
  const own = [CALLBOARD_URL, PUBLIC_URL].flatMap((each) => parseUrl(each ?? '') ?? []);
  return own.some((each) => placeOf(each) === placeOf(to)) ? 'never' : 'framework';
}

/** Applies {@link recordMode} to all sessions of this process. Call it once. */
export function withoutUploads(config: Config, url = process.env.LIVEKIT_OBSERVABILITY_URL): void {
  const mode = recordMode(config, url);
  if (mode === 'framework') return;
  const { start } = voice.AgentSession.prototype;
  voice.AgentSession.prototype.start = function (options) {
    const record = mode === 'unasked' && options.record;
    return start.call(this, { ...options, record: record ?? false });
  };
}
