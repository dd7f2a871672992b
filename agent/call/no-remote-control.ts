// Disables the framework's remote session: it lets every participant read an agent's instructions
// and tool results, follow the session's events and control it. Callers are strangers, and the
// framework has no option for this.
import { voice } from '@livekit/agents';

voice.SessionHost.prototype.registerSession = () => {};
voice.SessionHost.prototype.start = async () => {};
