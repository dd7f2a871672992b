// The UDP ports that calls have on this machine, and what they answer to people outside a call. Linux only.
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

interface Place {
  readonly address: string;
  readonly port: number;
}

/** Open UDP ports of LiveKit servers on IPv4 addresses other than loopback ones. */
export function mediaPorts(): readonly Place[] {
  const own = new Set(readdirSync('/proc').flatMap(socketsOfServer));
  // proc_pid_net(5): the address is hexadecimal, lowest byte first; the tenth column is the inode.
  const entries = readFileSync('/proc/net/udp', 'utf8').matchAll(
    /^ *\d+: ([0-9A-F]{8}):([0-9A-F]{4})(?: +\S+){7} +(\d+)/gm,
  );
  return [...entries]
    .filter(([, , , inode]) => own.has(`socket:[${inode}]`))
    .map(([, address = '', port = '']) => ({
      address: [...Buffer.from(address, 'hex')].reverse().join('.'),
      port: Number.parseInt(port, 16),
    }))
    .filter(({ address }) => !address.startsWith('127.'));
}

/** The sockets of a process, if it is a LiveKit server. */
function socketsOfServer(pid: string): string[] {
  const name = present(() => readFileSync(`/proc/${pid}/comm`, 'utf8').trim());
  if (name !== 'livekit-server') return [];
  const files = present(() => readdirSync(`/proc/${pid}/fd`)) ?? [];
  return files.flatMap((fd) => present(() => readlinkSync(`/proc/${pid}/fd/${fd}`)) ?? []);
}

/** What is read of a process; undefined if it or its file has just been closed, or is another user's. */
function present<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (/^(ENOENT|ENOTDIR|ESRCH|EACCES|EPERM)$/.test(Reflect.get(Object(error), 'code'))) return;
    throw error;
  }
}

/** A STUN binding request (RFC 8489), with a user name if one is given. */
function bindingRequest(user = ''): Buffer {
  const name = Buffer.from(user);
  const attribute = Buffer.alloc(user ? 4 + Math.ceil(name.length / 4) * 4 : 0);
  if (user) {
    attribute.writeUInt16BE(0x0006, 0);
    attribute.writeUInt16BE(name.length, 2);
    name.copy(attribute, 4);
  }
  const header = Buffer.alloc(8);
  header.writeUInt16BE(0x0001, 0);
  header.writeUInt16BE(attribute.length, 2);
  header.writeUInt32BE(0x2112a442, 4);
  return Buffer.concat([header, randomBytes(12), attribute]);
}

/** Sends these ports what somebody outside the call can send. Returns how many answers came so far, and an end. */
export function knock(places: readonly Place[]): { answers(): number; close(): void } {
  const socket = createSocket('udp4');
  let answers = 0;
  socket.on('message', () => {
    answers += 1;
  });
  for (const { address, port } of places) {
    for (const packet of [bindingRequest(), bindingRequest('some:body'), randomBytes(200)]) {
      socket.send(packet, port, address);
    }
  }
  return { answers: () => answers, close: () => socket.close() };
}
