// Prepares a call while the pointer or focus is on its button: resolves the LiveKit server's name, sets up TLS, and
// initializes WebRTC in the browser, which takes tens of milliseconds the first time.
import { Room } from 'livekit-client';

const met = new Set<string>();

/**
 * Prepares a call on this server, once. Errors are left to the call itself.
 * @param early whether no call has started meanwhile: it would do the same work, and wait for this
 */
export function prepareConnection(serverUrl: string, early: () => boolean): void {
  if (met.has(serverUrl)) return;
  met.add(serverUrl);
  // Touch screens send this event with the tap; its visual feedback is painted first.
  requestAnimationFrame(() =>
    setTimeout(() => {
      if (!early()) return;
      void new Room().prepareConnection(serverUrl);
      void warmUp().catch(() => {});
    }),
  );
}

/** Creates an offer that is not sent. The microphone is not requested. */
async function warmUp(): Promise<void> {
  const nobody = new RTCPeerConnection();
  try {
    nobody.addTransceiver('audio', { direction: 'recvonly' });
    await nobody.createOffer();
  } finally {
    nobody.close();
  }
}
