// What: no remote session.
// Why: it lets every participant read an agent's instructions and tool results, follow the session's events and control
// it. Anyone can be a caller.
// Upstream: none reported. `session.start` would need an option that turns it off, or grants for participants.
import { voice } from '@livekit/agents';

voice.SessionHost.prototype.registerSession = () => {};
voice.SessionHost.prototype.start = async () => {};
