// The code of a call, in a chunk of its own: loaded after the page, run once a call is likely.
import { setLogLevel } from 'livekit-client';

export { CallBadge } from './call-badge';
export { CallSession } from './call-session';
export { CallView } from './call-view';
export { interruptedCall } from './interrupted';
export { InterruptedView } from './interrupted-view';
export { prepareConnection } from './prepare-connection';

// What goes well is not worth a line in everybody's console.
setLogLevel('warn');
