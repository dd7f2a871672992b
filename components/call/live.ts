// The code of a call, in a chunk of its own: loaded once a call is likely, not with the page.
import { setLogLevel } from 'livekit-client';

export { CallBadge } from './call-badge';
export { CallSession } from './call-session';
export { CallView } from './call-view';
export { meet } from './meet';

// What goes well is not worth a line in everybody's console.
setLogLevel('warn');
