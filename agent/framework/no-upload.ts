// What: sessions in this worker record nothing for an upload that would go to Callboard, or nowhere.
// Why: the LiveKit server may ask each session for an upload, as that of `npm start` does. Callboard already has the events of
// these, and the framework would encode their audio and keep their events in memory for nothing.
// Upstream: none reported. `ServerOptions` would need an option that overrules the server.
import { voice } from '@livekit/agents';
import { isLiveKitCloud } from '@/lib/core/addresses';
import type { Config } from '@/lib/core/config';
import { namesLoopback } from '@/lib/core/sign-in-mode';

/** Where a URL leads to: one text for all names of this machine. */
function placeOf(url: string): string {
  const { host, port, pathname } = new URL(url);
  return `${namesLoopback(url) ? `:${port}` : host}${pathname}`;
}

/**
 * What `record` of a session becomes.
 * @returns `never`: Callboard would get the upload. `unasked`: nobody would, so only an agent's own code may ask for a recording.
 *   `framework`: another program or LiveKit Cloud gets it
 */
export function recordMode({
  LIVEKIT_URL,
  LIVEKIT_OBSERVABILITY_URL,
  CALLBOARD_URL,
  PUBLIC_URL,
}: Config): 'never' | 'unasked' | 'framework' {
  if (!LIVEKIT_OBSERVABILITY_URL) return isLiveKitCloud(LIVEKIT_URL) ? 'framework' : 'unasked';
  const own = [CALLBOARD_URL, PUBLIC_URL].flatMap((url) => (url ? [placeOf(url)] : []));
  return own.includes(placeOf(LIVEKIT_OBSERVABILITY_URL)) ? 'never' : 'framework';
}

/** Applies {@link recordMode} to all sessions of this process. Call it once. */
export function withoutUploads(config: Config): void {
  const mode = recordMode(config);
  if (mode === 'framework') return;
  const { start } = voice.AgentSession.prototype;
  voice.AgentSession.prototype.start = function (options) {
    const record = mode === 'unasked' && options.record;
    return start.call(this, { ...options, record: record ?? false });
  };
}
