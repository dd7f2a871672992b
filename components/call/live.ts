// The code of a call, in its own chunk: loaded after the page, and run when a call is likely.
import { setLogLevel } from 'livekit-client';

export { CallBadge } from './call-badge';
export { CallSession } from './call-session';
export { CallView } from './call-view';
export { interruptedCall } from './interrupted';
export { InterruptedView } from './interrupted-view';
export { prepareConnection } from './prepare-connection';

// Keeps LiveKit's debug output out of the console.
setLogLevel('warn');
