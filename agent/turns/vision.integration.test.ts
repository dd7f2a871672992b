// Pictures of the caller's camera, in a real room.
import { initializeLogger, llm } from '@livekit/agents';
import { expect, inject, test, vi } from 'vitest';
import { Vision } from '@/agent/turns/vision';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import { joinAs } from '@/lib/testing/participant';
import { joinWithVideo, PICTURE } from '@/lib/testing/video';
import { TIMEOUT_MS } from '@/lib/testing/wait-for';

initializeLogger({ pretty: false, level: 'error' });
const { livekit } = inject('stack');
const ROOM = 'vision';

/** A message of the caller with what they show. */
function say(vision: Vision, earlier: readonly llm.ChatItem[] = []): llm.ChatMessage {
  const message = llm.ChatMessage.create({ role: 'user', content: 'What is this?' });
  vision.addTo(message, earlier);
  return message;
}

test("the caller's newest picture goes to the model, once, and none of a colleague", async () => {
  const room = await joinAs(livekit, ROOM, { identity: 'agent' });
  const vision = new Vision(room);
  const colleague = await joinWithVideo(livekit, ROOM, {
    identity: 'colleague',
    attributes: { [PERSON_ATTRIBUTES.takeover]: 'stay' },
  });
  const caller = await joinWithVideo(livekit, ROOM, { identity: 'caller' });

  await vi.waitFor(() => expect(say(vision).content).toHaveLength(2), TIMEOUT_MS);
  const first = say(vision);
  expect(first.content).toMatchObject(['What is this?', { type: 'image_content', image: PICTURE }]);
  const second = say(vision, [first]);
  expect(first.content).toEqual(['What is this?']);
  expect(second.content).toHaveLength(2);

  await caller.leave();
  await vi.waitFor(() => expect(say(vision).content).toHaveLength(1), TIMEOUT_MS);
  await Promise.all([colleague.leave(), room.disconnect()]);
});
