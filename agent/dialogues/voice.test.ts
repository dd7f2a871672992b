// Some of the dialogues by voice: the caller's lines are spoken into a real room, heard by the real
// recogniser, and answered aloud by the real worker. What must hold is what is written for the text.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { wordsOf } from '../../lib/rehearsals/words';
import { LIMIT_MS } from '../testing/limit';
import { openStage, type Stage } from '../testing/stage';
import { dialoguesWith, type Filed } from './files';
import { wrongWords } from './hold';
import type { Turn } from './script';
import { startSpokenDesk } from './spoken';

/** Milliseconds for one dialogue: a few turns, each with waits of its own. */
const TEST_MS = 12 * LIMIT_MS;
/** Two calls at a time are what a machine with two cores carries beside the servers. */
const AT_ONCE = 2;
vi.setConfig({ maxConcurrency: AT_ONCE });

/** LiveKit's attribute of what an agent is doing. */
const STATE = 'lk.agent.state';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
  const worker = await startSpokenDesk(stage);
  await worker.live();
}, TEST_MS);

afterAll(() => stage?.close(), TEST_MS);

const spoken = dialoguesWith('front-desk').filter(({ dialogue }) => dialogue.spoken > 0);

/** Waits for a thing to be as it must be; fails with what was wrong last. */
const soon = (wrong: () => string | undefined) =>
  vi.waitFor(() => {
    const what = wrong();
    if (what) throw new Error(what);
  }, LIMIT_MS);

/** What the tools that ran in a room were called; a hand-over is told by what it came to. */
const toolsIn = (room: string) =>
  stage.web.eventsOf(room).flatMap(({ what }) => {
    if (what.kind === 'handed_over') return ['handOver'];
    return what.kind === 'tool' ? [what.tool] : [];
  });

/** What was understood of the caller in a room, line by line. */
const understoodIn = (room: string) =>
  stage.web
    .eventsOf(room)
    .flatMap(({ what }) => (what.kind === 'turn' && what.speaker === 'caller' ? [what.text] : []));
/** Whether each word was understood, however it is written. */
const same = (one: string, other: string) => wordsOf(one).join() === wordsOf(other).join();
/** How often a line was said again, and how often one may be: of fifty lines, by all callers. */
let again = 0;
const AGAIN_MAX = 2;

async function play({ file, dialogue }: Filed) {
  const call = await stage.call('front-desk');
  // A caller who is handed over in private leaves for another room.
  const { room } = call;
  await soon(() => (call.said.includes('How can I help?') ? undefined : 'no greeting was heard'));
  const microphone = await call.speaks(stage.speech);
  const listens = () => call.agent()?.attributes[STATE] === 'listening';
  const ask = async (turn: Turn) => {
    await soon(() => (listens() ? undefined : `Ada does not listen; she said: ${call.said}`));
    const before = call.said.length;
    await microphone.say(turn.caller);
    await microphone.said();
    await soon(() => {
      const answer = call.said.slice(before).trim();
      const wrong = answer ? wrongWords(turn, answer) : ['nothing was answered'];
      return wrong[0] && `${file}:${turn.line} "${turn.caller}" → "${answer}": ${wrong.join(', ')}`;
    });
    for (const { tool } of turn.uses) {
      await soon(() => (toolsIn(room).includes(tool) ? undefined : `${tool} was not called`));
    }
  };
  /** A caller who was misheard, and hears so in the answer, says it again. */
  const hear = async (turn: Turn): Promise<void> => {
    const heard = understoodIn(room).length;
    try {
      await ask(turn);
    } catch (error) {
      const understood = understoodIn(room).slice(heard).join(' ');
      if (same(understood, turn.caller)) throw error;
      again += 1;
      console.log(`said again: "${turn.caller}", understood as "${understood}": ${error}`);
      if (again > AGAIN_MAX) throw error;
      await hear(turn);
    }
  };
  for (const turn of dialogue.turns.slice(0, dialogue.spoken)) await hear(turn);
  await call.hangUp();
}

test('there are ten, each of at most five turns', () => {
  expect(spoken.length).toBe(10);
  for (const { dialogue } of spoken) expect(dialogue.spoken).toBeLessThanOrEqual(5);
});

test.concurrent.each(spoken.map((filed) => [filed.dialogue.title, filed] as const))(
  '%s',
  (_, filed) => play(filed),
  TEST_MS,
);

test('lines are understood: of fifty, at most two have to be said again', () => {
  expect(again).toBeLessThanOrEqual(AGAIN_MAX);
});
