// Whole calls with an agent of Letta: the real worker, the one that was chosen by the dispatch, its memory
// from call to call, and what is heard where the Letta server is away.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeLetta } from '../../../lib/letta/choice';
import { type LettaStandIn, startLetta } from '../../../lib/letta/testing/letta-server';
import { AGENT_ATTRIBUTES, PERSON_ATTRIBUTES } from '../../../lib/signals';
import { notices } from '../../notices';
import { LIMIT_MS } from '../../testing/limit';
import { openStage, type Stage } from '../../testing/stage';

/** Milliseconds for a whole test: a few waits, each with its own limit. */
const TEST_MS = 5 * LIMIT_MS;

let stage: Stage;
let letta: LettaStandIn;
let sam: string;

beforeAll(async () => {
  [stage, letta] = await Promise.all([openStage(), startLetta()]);
  sam = letta.add('Sam');
  await stage.startWorker({ LETTA_URL: letta.url }).live();
}, TEST_MS);

afterAll(async () => {
  await letta?.close();
  await stage?.close();
}, TEST_MS);

/** A call that was greeted; who calls is told by their browser's id. */
async function callSam(browser: string) {
  const call = await stage.call(undefined, { attributes: { [PERSON_ATTRIBUTES.caller]: browser } });
  const metadata = writeLetta({ agent: sam, name: 'Sam' });
  await stage.dispatches.createDispatch(call.room, 'letta', { metadata });
  await call.answered();
  const heard = (words: string | RegExp) =>
    expect.poll(() => call.said, { timeout: 3 * LIMIT_MS }).toMatch(words);
  await heard('What can I do for you?');
  return { call, heard };
}

test(
  'the chosen one answers by its name, and knows the caller the next time, and nobody else',
  async () => {
    const first = await callSam('browser-1');
    expect(first.call.agent()?.name).toBe('Sam');
    expect(first.call.agent()?.attributes[AGENT_ATTRIBUTES.agent]).toBe('letta');
    await first.call.type('I am Sarah.');
    await first.heard('Told: I am Sarah.');
    await first.call.hangUp();

    const again = await callSam('browser-1');
    await again.call.type('Who am I?');
    await again.heard(/Told: I am Sarah\. \| Who am I\?/);
    await again.call.hangUp();

    const other = await callSam('browser-2');
    await other.call.type('Who am I?');
    await other.heard(/Told: Who am I\?/);
    await other.call.hangUp();
  },
  2 * TEST_MS,
);

test(
  'while Letta fails, an apology and a message can be left; back again, it answers',
  async () => {
    const { call, heard } = await callSam('browser-3');
    letta.turns.push({ status: 503 });
    await call.type('Are you there?');
    await heard(notices.apology);
    await heard('Shall I take a message');
    await call.type('What do you know?');
    await heard('Told: What do you know?');
    await call.hangUp();
  },
  2 * TEST_MS,
);
