// The version of this software, from package.json.
import { version } from '@/package.json';

/** Version in package.json, reported by the web process and by workers. */
export const VERSION: string = version;

/** Version that a worker reports for its agents: `AGENT_VERSION` if set, else {@link VERSION}. */
export const agentVersion = ({
  AGENT_VERSION,
}: {
  readonly AGENT_VERSION?: string | undefined;
}): string => AGENT_VERSION ?? VERSION;
