// Limits on what calls may cost, and their defaults: none on loopback, where only the owner of the machine
// calls; typical numbers once others can reach the server.
import { isLoopback, namesLoopback } from '@/lib/core/sign-in-mode';

/**
 * What started calls are counted by. Anonymous visitors, who call public agents without signing in, are counted
 * separately by address and by agent, so that they cannot use up everybody else's limit.
 */
export const COUNTED = ['caller', 'address', 'anonymousAddress', 'anonymousAgent'] as const;
export type Counted = (typeof COUNTED)[number];

/**
 * Default limits on calls started in ten minutes, once others can reach the server. Our own choice: nobody
 * starts twenty calls in ten minutes by hand, but an office behind one address may well start sixty. Anonymous visitors
 * may all be one program, so they also share a limit per agent.
 */
export const START_LIMITS: Readonly<Record<Counted, number>> = {
  caller: 20,
  address: 60,
  anonymousAddress: 10,
  anonymousAgent: 200,
};

interface Exposure {
  readonly HOST: string;
  readonly TRUST_PROXY: number;
  readonly PUBLIC_URL?: string | undefined;
}

/** Whether anybody beyond this machine can reach the web process, directly or through a proxy. */
export function beyondLoopback({ HOST, TRUST_PROXY, PUBLIC_URL }: Exposure): boolean {
  if (TRUST_PROXY > 0 || (PUBLIC_URL && !namesLoopback(PUBLIC_URL))) return true;
  return !isLoopback(HOST);
}

/**
 * Whether the addresses of callers are unknown: an address for browsers beyond loopback is https, which needs a proxy,
 * and without `TRUST_PROXY` everybody has the proxy's address.
 */
export const hidesAddresses = ({
  TRUST_PROXY,
  PUBLIC_URL,
}: Pick<Exposure, 'TRUST_PROXY' | 'PUBLIC_URL'>): boolean =>
  TRUST_PROXY === 0 && PUBLIC_URL !== undefined && !namesLoopback(PUBLIC_URL);

type Starts =
  | 'CALLS_PER_CALLER'
  | 'CALLS_PER_ADDRESS'
  | 'PUBLIC_CALLS_PER_ADDRESS'
  | 'PUBLIC_CALLS_PER_AGENT';

/** Maximum number of calls started within the window, by what they are counted by; 0 is no limit. */
export function startLimits(
  config: Exposure & { readonly [setting in Starts]?: number | undefined },
): Readonly<Record<Counted, number>> {
  const usual = (counted: Counted) => (beyondLoopback(config) ? START_LIMITS[counted] : 0);
  return {
    caller: config.CALLS_PER_CALLER ?? usual('caller'),
    address: config.CALLS_PER_ADDRESS ?? usual('address'),
    anonymousAddress: config.PUBLIC_CALLS_PER_ADDRESS ?? usual('anonymousAddress'),
    anonymousAgent: config.PUBLIC_CALLS_PER_AGENT ?? usual('anonymousAgent'),
  };
}

/** Default for simultaneous calls by anonymous visitors from one address, once others can reach the server. Our own choice. */
export const AT_ONCE = 3;

/** Maximum number of simultaneous calls by anonymous visitors from one address; 0 is no limit. */
export const anonymousAtOnce = (
  config: Exposure & { readonly PUBLIC_CALLS_AT_ONCE?: number | undefined },
): number => config.PUBLIC_CALLS_AT_ONCE ?? (beyondLoopback(config) ? AT_ONCE : 0);

/** Parses `front-desk=600,billing=60` into minutes by agent; undefined if the text has another form. */
export function parseMinutes(text: string): Readonly<Record<string, number>> | undefined {
  const pairs = text.split(',').map((part) => part.trim().match(/^([\w.-]+)=(\d{1,6})$/));
  if (pairs.some((pair) => pair === null)) return undefined;
  return Object.fromEntries(pairs.map((pair) => [pair?.[1], Number(pair?.[2])]));
}
