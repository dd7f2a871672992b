// Ends the rooms that are left when everything is stopped: a LiveKit server that is ended tells nobody
// how its calls ended, and the calls' history would learn of it at the next start only.
import { setTimeout as pause } from 'node:timers/promises';
import { askWeb } from './web-api.mjs';

/**
 * Ends them through the web process, which tells their calls; at most for `limitMs`.
 * @param operator resolves to headers that show it whose `npm start` this is
 */
export async function endRooms(base, limitMs, operator) {
  const end = async () => {
    const headers = await operator();
    const { rooms } = await askWeb(base, { path: '/api/rooms' }, headers);
    await Promise.all(
      rooms.map(({ name }) =>
        askWeb(base, { method: 'DELETE', path: `/api/rooms/${encodeURIComponent(name)}` }, headers),
      ),
    );
  };
  // Where web or server are gone, there is nobody to end them.
  await Promise.race([end().catch(() => undefined), pause(limitMs, undefined, { ref: false })]);
}
