// What the pages that start calls tell of the server's settings.
import type { StartProps } from '@/components/call/start-button';
import type { Config } from '@/lib/core/config';
import { browserUrl } from '@/lib/core/server-config';

export const startProps = (config: Config): StartProps => ({
  joinTimeoutMs: config.AGENT_JOIN_TIMEOUT_SECONDS * 1_000,
  serverUrl: browserUrl(config),
  recorded: config.RECORD_CALLS !== 'off',
  monitored: config.LISTEN_IN === 'shown',
});
