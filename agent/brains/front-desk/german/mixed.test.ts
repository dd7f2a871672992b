// Conversations that nobody would write: what is said in the German dialogues, in any order. The
// rules that hold for every answer hold there too.
import { initializeLogger } from '@livekit/agents';
import { beforeAll, expect, test } from 'vitest';
import { dialoguesWith } from '../../../dialogues/files';
import { broken } from '../../../dialogues/rules';
import { clock, practice } from '../../testing/practice';
import { read } from './intents';
import { callDeskInGerman } from './testing/desk';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

const CONVERSATIONS = 60;
const TURNS = 20;

/** The same numbers at each run (a linear congruential generator, constants of ANSI C). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

test('in any order, no answer is a dead end, too long, or said twice', async () => {
  const said = dialoguesWith('german').flatMap(({ dialogue }) =>
    dialogue.turns.map(({ caller }) => caller),
  );
  const random = numbers(7);
  const problems: string[] = [];
  for (let i = 0; i < CONVERSATIONS; i += 1) {
    const talk = callDeskInGerman();
    let before = '';
    for (let turn = 0; turn < TURNS; turn += 1) {
      const caller = said[Math.floor(random() * said.length)] ?? '';
      const used = talk.used.length;
      const text = await talk.say(caller);
      const over = talk.used
        .slice(used)
        .some(({ name }) => name === 'endCall' || name === 'handOver');
      const mayRepeat = read(caller, practice, clock).repeat;
      const wrong = broken({ text, before, mayRepeat, over });
      problems.push(...wrong.map((what) => `${what}: ${before} | ${caller} → ${text}`));
      if (over) break;
      before = text;
    }
  }
  expect(problems).toEqual([]);
});
