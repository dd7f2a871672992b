// What callers may do in a room: it has to be the one they are in, by the token that let them in.
import { PRODUCTION, shownDeployment } from '@/lib/core/deployment';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import { asked, type LiveKit } from '@/lib/livekit/clients';
import { notPermitted } from './refusals';
import { may, type Visitor } from './rights';

/** What somebody wants in a room. */
interface Wish {
  /** Wire name of the deployment of an agent that is to come. */
  readonly deployment?: string;
  /** Also where no worker is live. */
  readonly force?: boolean;
}

/**
 * Lets pass whoever may dispatch, and callers in their own room, who can have an agent come on production
 * or where a share sent them.
 * @throws {Problem} 403; 503 where LiveKit does not answer
 */
export async function requireOwnRoom(
  livekit: LiveKit,
  room: string,
  visitor: Visitor,
  { deployment = '', force = false }: Wish = {},
): Promise<void> {
  if (may(visitor, 'dispatch')) return;
  const people = await asked(livekit.rooms.listParticipants(room), []);
  const own = people.find(
    ({ attributes }) =>
      visitor.account !== undefined && attributes[PERSON_ATTRIBUTES.account] === visitor.account,
  );
  if (!own) throw notPermitted('You are not in this room.');
  const shown = shownDeployment(deployment);
  if (force || (shown !== PRODUCTION && shown !== own.attributes[PERSON_ATTRIBUTES.share])) {
    throw notPermitted('Other deployments than that of your call are for developers.');
  }
}
