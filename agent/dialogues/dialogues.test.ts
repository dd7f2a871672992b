// The dialogues in text: the built-in brains with their tools, through the framework's interface.
import { initializeLogger } from '@livekit/agents';
import { beforeAll, describe, expect, test } from 'vitest';
import type { MemoryDesk } from '@/lib/testing/memory-desk';
import { callDeskInGerman } from '../brains/front-desk/german/testing/desk';
import { callBilling } from '../brains/testing/billing';
import { HANDED_OVER } from '../brains/testing/briefs';
import { callDesk } from '../brains/testing/desk';
import { diaryOf } from './diary';
import { dialoguesWith } from './files';
import { hold } from './hold';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

describe.each([
  ['front-desk', 50, callDesk],
  ['german', 10, callDeskInGerman],
  ['billing', 10, (diary: MemoryDesk) => callBilling(HANDED_OVER, diary)],
] as const)('%s', (agent, fewest, call) => {
  const all = dialoguesWith(agent);

  test.each(all.map((filed) => [filed.dialogue.title, filed] as const))(
    '%s',
    async (_, { file, dialogue }) => {
      const diary = await diaryOf(dialogue);
      expect(await hold(dialogue, call(diary), file)).toEqual([]);
    },
  );

  test('there are enough of them', () => {
    expect(all.length).toBeGreaterThanOrEqual(fewest);
  });
});
