// Calls an agent in any LiveKit project: tokens are signed here with its key, and contain the dispatch.
import { setTimeout as pause } from 'node:timers/promises';
import { RoomServiceClient } from 'livekit-server-sdk';
import { mintToken } from '../../lib/dispatch/tokens';
import { type CallPermission, type CallRequest, type Place, unguessable } from './target';

/**
 * Milliseconds for which an ended room is checked, and between two checks: an agent that was joining, or that takes the
 * end for a lost connection, creates the room again by joining (measured: within 200).
 */
const AFTER_MS = 2_000;
const LOOK_MS = 250;

/** Address and keys of a project. */
export interface ProjectAccess {
  /** `wss://…` */
  readonly url: string;
  readonly key: string;
  readonly secret: string;
}

export class Project implements Place {
  readonly tells = false;

  constructor(private readonly access: ProjectAccess) {}

  async grant({ agent, deployment, name }: CallRequest): Promise<CallPermission> {
    const { url, key, secret } = this.access;
    const room = unguessable('simulation');
    const plan = {
      room,
      identity: unguessable('caller'),
      name,
      attributes: {},
      agent: { name: agent, deployment, metadata: '' },
    };
    return { url, token: await mintToken(plan, key, secret), room, askedAt: Date.now() };
  }

  async detail(): Promise<undefined> {
    return undefined;
  }

  async end(room: string): Promise<void> {
    const { url, key, secret } = this.access;
    const rooms = new RoomServiceClient(url.replace(/^ws/, 'http'), key, secret);
    await rooms.deleteRoom(room);
    const deadline = performance.now() + AFTER_MS;
    while (performance.now() < deadline) {
      await pause(LOOK_MS);
      if ((await rooms.listRooms([room])).length > 0) await rooms.deleteRoom(room);
    }
  }
}
