// Several agents of one name in a room: they settle by themselves which of them stays (`agent/twin.ts`), so that
// one that goes is not missing as long as another is there.
import type { WatchedAgent } from './watched-room';

/** Those beside it, once one of that identity has joined. */
export function besideNew(
  known: WatchedAgent | undefined,
  identity: string,
): WatchedAgent['beside'] {
  const beside = new Map(known?.beside);
  if (known?.identity && known.progress.phase === 'here') {
    beside.set(known.identity, known.progress.worker);
  }
  beside.delete(identity);
  return beside;
}

/** What changes where one of several has gone; undefined where there is no other. */
export function oneFewer(
  known: WatchedAgent,
  identity: string,
  since: number,
): Partial<WatchedAgent> | undefined {
  const beside = new Map(known.beside);
  if (beside.delete(identity)) return { beside };
  const [other] = beside;
  if (known.identity !== identity || !other) return undefined;
  const [next, worker] = other;
  beside.delete(next);
  return { identity: next, beside, progress: { phase: 'here', since, worker } };
}

/** Those beside it that are in the room by LiveKit's word. */
export const stillBeside = ({ beside }: WatchedAgent, identities: ReadonlySet<string>) =>
  new Map([...beside].filter(([identity]) => identities.has(identity)));
