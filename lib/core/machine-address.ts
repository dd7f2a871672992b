// The address of this machine through which Firefox connects calls: packets to it do not leave the machine. Without any
// such address, no call connects: LiveKit's clients open no sockets for one then, not even to loopback.
import { networkInterfaces } from 'node:os';

/** Addresses that routers on the Internet do not forward to (RFC 1918, RFC 4193). */
const PRIVATE = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|f[cd])/i;
/** Link-local addresses (RFC 3927, RFC 4291): Firefox uses none. */
const LINK_LOCAL = /^(169\.254\.|fe[89ab])/i;

/**
 * An address of this machine that is not a loopback one; undefined without a network. Any of them is reached from here,
 * so it is the one that fewest others reach. Firefox has IPv6 addresses only where the network has them: IPv4 first.
 */
export function machineAddress(interfaces = networkInterfaces()): string | undefined {
  const all = Object.values(interfaces)
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, address }) => !internal && !LINK_LOCAL.test(address));
  const of = (family: string) => all.filter((one) => one.family === family);
  const ranked = ['IPv4', 'IPv6'].flatMap((family) => [
    ...of(family).filter(({ address }) => PRIVATE.test(address)),
    ...of(family),
  ]);
  return ranked[0]?.address;
}
