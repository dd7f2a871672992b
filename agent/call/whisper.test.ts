// Whispers to an agent, from its room to its model's context.
import { EventEmitter } from 'node:events';
import { initializeLogger, voice } from '@livekit/agents';
import { RoomEvent } from '@livekit/rtc-node';
import { beforeAll, expect, it } from 'vitest';
import { WHISPER_TOPIC } from '../../lib/livekit/attributes';
import { hearWhispers } from './whisper';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

it('only the server can whisper, and the model sees it as an instruction', async () => {
  const room = new EventEmitter();
  const currentAgent = new voice.Agent({ instructions: 'Be kind.' });
  hearWhispers(room as never, { currentAgent });
  const send = (text: string, topic = WHISPER_TOPIC, from?: object) =>
    room.emit(
      RoomEvent.DataReceived,
      new TextEncoder().encode(JSON.stringify({ text })),
      from,
      0,
      topic,
    );
  send('From a caller.', WHISPER_TOPIC, { identity: 'caller' });
  send('Something else.', 'chat');
  send('');
  send('Offer a refund.');
  const told = () =>
    currentAgent.chatCtx.items.flatMap((item) =>
      item.type === 'message' && item.role === 'system' ? [item.textContent] : [],
    );
  await expect.poll(told).toEqual([expect.stringMatching(/cannot hear.*: Offer a refund\.$/)]);
});
