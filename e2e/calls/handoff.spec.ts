// One agent hands the caller to another: in the same room, and into a new one.
import { ADA, FRANK } from '../support/agents';
import { agentsIn } from '../support/stack';
import { expect, test } from '../support/test';

const BILL = 'I have a question about my bill.';
const PRIVATE = 'Can I talk to billing in private?';

test('in the room: the page shows who speaks now, and the transcript the handoff', async ({
  caller,
  stack,
}) => {
  const anna = await caller();
  await anna.startAndBeGreeted(ADA);
  const { room } = anna;
  await anna.asks(BILL, FRANK);
  await expect(anna.page.getByRole('heading', { name: 'Frank', level: 1 })).toBeVisible();
  await expect(anna.transcript).toContainText('Ada handed over to Frank');
  expect(anna.room).toBe(room);
  await expect.poll(() => agentsIn(stack, room)).toEqual(['billing production']);
  await anna.end();
});

test('into a new room: the page follows without a click, and keeps what was said', async ({
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
