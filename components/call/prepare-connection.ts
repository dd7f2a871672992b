// What of a call can be done while the pointer or the focus is on its button, without calling anybody: the
// LiveKit server is met (its name looked up, TLS set up), and the browser's part for calls is loaded, which
// takes tens of milliseconds the first time.
import { Room } from 'livekit-client';

const met = new Set<string>();

/**
 * Gets ready for a call by this server; once. Whatever fails here is told by the call itself.
 * @param early whether no call was begun meanwhile: it would do the same, and wait for this
 */
export function prepareConnection(serverUrl: string, early: () => boolean): void {
  if (met.has(serverUrl)) return;
  met.add(serverUrl);
  // A finger presses in the moment it is there: what answers it is drawn first.
  requestAnimationFrame(() =>
    setTimeout(() => {
      if (!early()) return;
      void new Room().prepareConnection(serverUrl);
      void warmUp().catch(() => {});
    }),
  );
}

/** Describes a connection to nobody. Nothing is sent, and no microphone is asked for. */
async function warmUp(): Promise<void> {
  const nobody = new RTCPeerConnection();
  try {
    nobody.addTransceiver('audio', { direction: 'recvonly' });
    await nobody.createOffer();
  } finally {
    nobody.close();
  }
}
