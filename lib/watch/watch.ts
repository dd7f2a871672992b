// The watch of this process: it holds lifelines, as every web process does, and watches the calls while
// it is the one that leads.
import { z } from 'zod';
import { onRecorded } from '../calls/store/recorded';
import { liveKit } from '../livekit';
import { heard, onMissed, tellOthers } from '../processes/bus';
import { lead } from '../processes/lead';
import { serverConfig } from '../server-config';
import { forgetWorker } from '../workers';
import { Leading } from './leading';
import { type LifelineOf, Lifelines, lifelineOf } from './lifelines';
import { deadWorkers } from './orphans';

/** Next bundles each route on its own: what routes share is reached through the process. */
const shared = globalThis as typeof globalThis & { callboardWatch?: Watch };

/** What watches. */
export interface Watch {
  readonly lifelines: Lifelines;
  /** Whether this process watches the calls, and not another one. */
  readonly leads: () => boolean;
  stop(): Promise<void>;
}

/** Whether this process watches the calls, for all web processes. */
export const leadsTheWatch = (): boolean => shared.callboardWatch?.leads() ?? false;

/** The watch of this process, begun at its first use. @throws {ConfigError} while settings are wrong */
export function watching(): Watch {
  if (shared.callboardWatch) return shared.callboardWatch;
  const config = serverConfig();
  const livekit = liveKit(config);
  let leading: Leading | undefined;
  const begin = () => {
    leading = new Leading(livekit);
  };
  const end = () => {
    leading?.stop();
    leading = undefined;
  };
  const gone = (whose: LifelineOf) => {
    if (!whose.job) return forgetWorker(whose.worker);
    leading?.lost(whose);
  };
  const tellGone = (whose: LifelineOf) => {
    gone(whose);
    tellOthers('gone', whose);
  };
  const lifelines = new Lifelines(tellGone, (whose) => tellOthers('opened', whose));
  heard('gone', lifelineOf, gone);
  heard('opened', lifelineOf, (whose) => lifelines.openedElsewhere(whose));
  heard('events', z.array(z.string()), (ids) => leading?.read(ids));
  onMissed('watch', () => {
    if (!leading) return;
    end();
    begin();
  });
  const endFeed = onRecorded(({ events }) => {
    for (const worker of deadWorkers(events)) tellGone({ worker });
    leading?.take(events);
  });
  const stopLeading = lead('watcher', config.DATABASE_URL, { begin, end });
  shared.callboardWatch = {
    lifelines,
    leads: () => leading !== undefined,
    stop() {
      shared.callboardWatch = undefined;
      endFeed();
      return stopLeading();
    },
  };
  return shared.callboardWatch;
}
