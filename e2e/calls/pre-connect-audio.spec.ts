// Pre-connect audio: the caller speaks on pressing Start, before the agent joins.
import { wordsIn } from '../support/speech';
import { expect, test } from '../support/test';

const ASKED = 'What are your opening hours?';

test('words spoken on pressing Start are understood completely, once, and answered', async ({
  caller,
}) => {
  const anna = await caller();
  await anna.saysOnStart(ASKED);
  const mine = anna.transcript.locator('[data-speaker=you][data-final=true] p');
  await expect(mine.first()).toBeVisible({ timeout: 30_000 });
  await anna.hears(/open|closed/i);
  await anna.agentListens();
  expect(wordsIn((await mine.allInnerTexts()).join(' '))).toEqual(wordsIn(ASKED));
});
