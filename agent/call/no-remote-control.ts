// With LiveKit's own tools in mind, the framework lets whoever is called read an agent's instructions and what its
// tools answered, hear of each event of the session, and steer it. Callers are strangers: they get nothing of that.
// There is no option for it.
import { voice } from '@livekit/agents';

voice.SessionHost.prototype.registerSession = () => {};
voice.SessionHost.prototype.start = async () => {};
