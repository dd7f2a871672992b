// An agent hands the caller over to another agent in a new room. For the same room, see e2e/speech.
import { ADA, FRANK } from '../support/agents';
import { expect, test } from '../support/test';

const PRIVATE = 'Can I talk to billing in private?';

test('into a new room: the page follows automatically, and keeps the transcript', async ({
  caller,
}) => {
  const anna = await caller();
  await anna.startAndBeGreeted(ADA);
  const { room: before } = anna;
  await anna.asks(PRIVATE, FRANK);
  await expect(anna.transcript).toContainText('Moved to another room');
  await expect(anna.transcript).toContainText(/in private/i);
  await anna.agentListens();
  expect(anna.room).not.toBe(before);
  await anna.end();
});
