// The version of this software, from the one place that has it.
import { version } from '../package.json';

/** Version in package.json: what web and workers say they are. */
export const VERSION: string = version;
