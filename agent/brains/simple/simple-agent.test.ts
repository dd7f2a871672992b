import { initializeLogger } from '@livekit/agents';
import { beforeAll, expect, test } from 'vitest';
import { porter } from '../../testing/night-porter';
import { play } from '../testing/play';
import { NOW } from '../testing/practice';
import { StillCall, Talk } from '../testing/talk';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

const call = () => new Talk(porter, new StillCall(NOW));

test('knows its facts, does what it can, and ends the call', async () => {
  const talk = await play(
    [
      ['Hello', 'How can I help?'],
      ['When is breakfast?', 'from seven to ten', 'anything else?'],
      ['Is there internet?', 'Seaview'],
      ['flurb', "didn't catch", 'breakfast'],
      ['flurb', '!Sorry, I'],
      ['Can you wake me tomorrow?', 'Which room'],
      ['flurb', "didn't catch", 'room'],
      ['Room twelve.', 'At what time?'],
      ['Six thirty', '12 and Six thirty', 'Is that right?'],
      ['yes', 'We will call room 12 at Six thirty.'],
      ['no', 'Goodbye'],
    ],
    call(),
  );
  expect(talk.used).toEqual([
    { name: 'wakeUp', args: { room: 12, time: 'Six thirty' } },
    { name: 'endCall', args: {} },
  ]);
});

test('starts again where it had something wrong, and gives up on request', async () => {
  await play(
    [
      ['A wake-up call please', 'Which room'],
      ['Nine', 'At what time?'],
      ['What time is breakfast?', 'from seven to ten', 'time?'],
      ['seven', 'Is that right?'],
      ['no', 'start again', 'Which room'],
      ['never mind', 'anything else?'],
      ['thank you', 'welcome'],
      ['bye', 'Goodbye'],
    ],
    call(),
  );
});

test('gets whom it may hand over to, and goes on where nobody comes', async () => {
  const talk = call();
  talk.call.outcome = 'nobody came';
  await play([['I have a question about my bill', 'colleague', 'nobody is free', 'else']], talk);
  expect(talk.call.handedTo).toMatchObject([{ agent: 'billing' }]);
  const other = await play([['my invoice is wrong', 'One moment', '!sorry']], call());
  expect(other.used.at(-1)?.name).toBe('handOver');
});

test('a language model gets the same facts and tools', () => {
  expect(porter.instructions).toContain('Breakfast is from seven to ten');
  const tools = porter.tools(new StillCall(NOW)).map((one) => ('name' in one ? one.name : ''));
  expect(tools.sort()).toEqual(Object.keys(porter.toolLabels).sort());
});
