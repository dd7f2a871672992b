// The version of this software, from the one place that has it.
import { version } from '../../package.json';

/** Version in package.json: what web and workers say they are. */
export const VERSION: string = version;

/** What a worker says that its agents run: `AGENT_VERSION`, where it is set, else {@link VERSION}. */
export const agentVersion = ({ AGENT_VERSION }: { readonly AGENT_VERSION?: string }): string =>
  AGENT_VERSION ?? VERSION;
