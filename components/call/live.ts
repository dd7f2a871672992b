// The code of a call, in its own chunk: loaded after the page, and run when a call is likely.
import { Room, setLogLevel } from 'livekit-client';
import { CallBadge } from '@/components/call/call-badge';
import { CallView } from '@/components/call/call-view';
import { CallSession } from '@/components/call/session/call-session';
import { requestToken } from '@/components/call/session/requests';

// Keeps LiveKit's debug output out of the console.
setLogLevel('warn');

const prepared = new Set<string>();

/**
 * Prepares a call on this server, once, while the pointer or focus is on its button: resolves the server's name, sets up
 * TLS, and initializes WebRTC, which takes tens of milliseconds the first time. Errors are left to the call itself.
 * @param early whether no call has started meanwhile: it would do the same work, and wait for this
 */
function prepareConnection(serverUrl: string, early: () => boolean): void {
  if (prepared.has(serverUrl)) return;
  prepared.add(serverUrl);
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
  const connection = new RTCPeerConnection();
  try {
    connection.addTransceiver('audio', { direction: 'recvonly' });
    await connection.createOffer();
  } finally {
    connection.close();
  }
}

/** Loads what shows a call that was interrupted. Few visitors have one. */
const loadInterrupted = () => import('@/components/call/interrupted-view');

/** What starts, resumes and shows a call. */
export const code = {
  CallBadge,
  CallSession,
  CallView,
  loadInterrupted,
  prepareConnection,
  requestToken,
};
