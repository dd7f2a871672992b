// What: a remote session for developers only.
// Why: it lets every participant read an agent's instructions and tool results, follow the session's events and control
// it. Anyone can be a caller. LiveKit's Agent Console needs it.
// Upstream: none reported. `session.start` would need an option that names who may, or grants for participants.
import { once } from 'node:events';
import { log, voice } from '@livekit/agents';
import { type Room, RoomEvent } from '@livekit/rtc-node';
import { isAgentConsole } from '@/lib/livekit/attributes';
import { SESSION_TOPIC } from '@/lib/livekit/session-error';

type Transport = voice.RoomSessionTransport;
type Message = Parameters<Transport['sendMessage']>[0];
type StreamHandler = Parameters<Room['registerByteStreamHandler']>[1];

/** What this relies on: private members of the framework's class. */
interface Internals {
  readonly room: Room;
  onByteStream: StreamHandler;
}

/** Identities of developers, by an attribute of their tokens: no participant can set its own attributes. */
const developersIn = ({ remoteParticipants }: Room): string[] =>
  [...remoteParticipants.values()].flatMap(({ identity, attributes }) =>
    isAgentConsole(attributes) ? [identity] : [],
  );

/** Resolves when LiveKit has announced a participant: a request may arrive before that. */
async function announced(room: Room, identity: string): Promise<void> {
  while (room.isConnected && !room.remoteParticipants.has(identity)) {
    await once(room, RoomEvent.ParticipantConnected);
  }
}

/** Lets the transport receive from and send to developers only; the framework's own would be the caller, or everybody. */
function restrict(transport: Transport): void {
  const internals = transport as unknown as Internals;
  const { room, onByteStream } = internals;
  internals.onByteStream = async (reader, sender) => {
    await announced(room, sender.identity);
    if (developersIn(room).includes(sender.identity)) onByteStream(reader, sender);
  };
  Object.assign(transport, {
    getRemoteIdentity: () => undefined,
    async sendMessage(message: Message) {
      const destinationIdentities = developersIn(room);
      if (destinationIdentities.length === 0 || !room.isConnected) return;
      try {
        const options = { topic: SESSION_TOPIC, destinationIdentities };
        const writer = await room.localParticipant?.streamBytes(options);
        await writer?.write(message.toBinary());
        await writer?.close();
      } catch (error) {
        log().debug({ error }, 'session message not sent');
      }
    },
  });
}

const { registerSession } = voice.SessionHost.prototype;
voice.SessionHost.prototype.registerSession = function (session) {
  const { transport } = this as unknown as { transport: unknown };
  // The other transport is that of LiveKit's command line.
  if (!(transport instanceof voice.RoomSessionTransport)) return;
  restrict(transport);
  registerSession.call(this, session);
};
