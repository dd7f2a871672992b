import type { NetworkInterfaceInfo } from 'node:os';
import { expect, it } from 'vitest';
import { machineAddress } from '@/lib/core/machine-address';

const at = (address: string): NetworkInterfaceInfo => ({
  ...{ address, netmask: '', mac: '', cidr: null },
  ...(address.includes(':') ? { family: 'IPv6', scopeid: 0 } : { family: 'IPv4' }),
  internal: address === '::1' || address.startsWith('127.'),
});

it.each<[string, Record<string, string[]>, string | undefined]>([
  ['loopback alone', { lo: ['127.0.0.1', '::1'] }, undefined],
  ['one network', { lo: ['127.0.0.1'], wlan0: ['192.168.1.5', 'fe80::1'] }, '192.168.1.5'],
  ['a public address alone', { eth0: ['203.0.113.5', '2001:db8::5'] }, '203.0.113.5'],
  ['a public and a private one', { eth0: ['203.0.113.5'], docker0: ['172.17.0.1'] }, '172.17.0.1'],
  ['not private', { eth0: ['172.32.0.1'], tun0: ['10.8.0.2'] }, '10.8.0.2'],
  ['a VPN beside Wi-Fi', { en0: ['192.168.1.5'], utun4: ['10.8.0.2'] }, '192.168.1.5'],
  ['IPv6 alone', { eth0: ['fe80::5', '2001:db8::5', 'fd00::5'] }, 'fd00::5'],
  ['an address that nobody assigned', { eth0: ['169.254.3.4', 'fe80::5'] }, undefined],
])('is, with %s, the address that fewest others reach', (_, interfaces, address) => {
  const listed = Object.entries(interfaces).map(([name, all]) => [name, all.map(at)]);
  expect(machineAddress(Object.fromEntries(listed))).toBe(address);
});
