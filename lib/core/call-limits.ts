// The settings that bound what calls may cost, and what counts where they are left out: nothing on
// loopback, where nobody but the owner of the machine calls; usual numbers where others reach the server.
import type { Config } from './config';
import { namesLoopback } from './sign-in-mode';

/**
 * What starts of calls are counted by. Strangers, who call public agents without signing in, are counted
 * apart by address and by agent: so they use up little of what the others have.
 */
export const COUNTED = ['caller', 'address', 'strangerAddress', 'strangerAgent'] as const;
export type Counted = (typeof COUNTED)[number];

/**
 * Starts in ten minutes where nothing is set and others reach the server. Our own choice: nobody
 * starts twenty calls in ten minutes by hand, an office behind one address may well start sixty. Strangers
 * may all be one program, so they also have a limit together.
 */
const USUAL: Readonly<Record<Counted, number>> = {
  ...{ caller: 20, address: 60, strangerAddress: 10, strangerAgent: 200 },
};
const NONE: typeof USUAL = {
  ...{ caller: 0, address: 0, strangerAddress: 0, strangerAgent: 0 },
};

type Reach = Pick<Config, 'HOST' | 'TRUST_PROXY' | 'PUBLIC_URL'>;

/** Whether anybody but this machine reaches the web process: by its own address, or by a proxy. */
export function beyondLoopback({ HOST, TRUST_PROXY, PUBLIC_URL }: Reach): boolean {
  if (TRUST_PROXY > 0 || (PUBLIC_URL && !namesLoopback(PUBLIC_URL))) return true;
  return !/^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/.test(HOST);
}

type Starts =
  | 'CALLS_PER_CALLER'
  | 'CALLS_PER_ADDRESS'
  | 'PUBLIC_CALLS_PER_ADDRESS'
  | 'PUBLIC_CALLS_PER_AGENT';

/** Most starts within the window, by what they are counted by; 0 is no limit. */
export function startLimits(
  config: Reach & Pick<Config, Starts>,
): Readonly<Record<Counted, number>> {
  const usual = beyondLoopback(config) ? USUAL : NONE;
  return {
    caller: config.CALLS_PER_CALLER ?? usual.caller,
    address: config.CALLS_PER_ADDRESS ?? usual.address,
    strangerAddress: config.PUBLIC_CALLS_PER_ADDRESS ?? usual.strangerAddress,
    strangerAgent: config.PUBLIC_CALLS_PER_AGENT ?? usual.strangerAgent,
  };
}

/** Calls at once from one address by strangers, where nothing is set and others reach the server. Our own choice. */
const AT_ONCE = 3;

/** Most calls that strangers may have at once from one address; 0 is no limit. */
export const strangersAtOnce = (config: Reach & Pick<Config, 'PUBLIC_CALLS_AT_ONCE'>): number =>
  config.PUBLIC_CALLS_AT_ONCE ?? (beyondLoopback(config) ? AT_ONCE : 0);

/** The agents and minutes of `front-desk=600,billing=60`; undefined where it is not of that form. */
export function parseMinutes(text: string): Readonly<Record<string, number>> | undefined {
  const pairs = text.split(',').map((part) => part.trim().match(/^([\w.-]+)=(\d{1,6})$/));
  if (pairs.some((pair) => pair === null)) return undefined;
  return Object.fromEntries(pairs.map((pair) => [pair?.[1], Number(pair?.[2])]));
}
