// Any LiveKit project as a place to call: tokens are signed here with its key, and carry the dispatch.
import { RoomServiceClient } from 'livekit-server-sdk';
import { wireDeployment } from '../lib/deployment';
import { mintToken } from '../lib/tokens';
import { type Granted, type Place, unguessable, type Wanted } from './place';

/** What leads to a project. */
export interface ProjectAccess {
  /** `wss://…` */
  readonly url: string;
  readonly key: string;
  readonly secret: string;
}

export class Project implements Place {
  readonly tells = false;

  constructor(private readonly access: ProjectAccess) {}

  async grant({ agent, deployment, name }: Wanted): Promise<Granted> {
    const { url, key, secret } = this.access;
    const room = unguessable('rehearsal');
    const plan = {
      room,
      identity: unguessable('caller'),
      name,
      attributes: {},
      agent: { name: agent, deployment: wireDeployment(deployment), metadata: '' },
    };
    return { url, token: await mintToken(plan, key, secret), room, askedAt: Date.now() };
  }

  async detail(): Promise<undefined> {
    return undefined;
  }

  async tidy(): Promise<void> {}

  async end(room: string): Promise<void> {
    const { url, key, secret } = this.access;
    await new RoomServiceClient(url.replace(/^ws/, 'http'), key, secret).deleteRoom(room);
  }
}
