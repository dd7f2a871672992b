// Conversations that nobody would write: what is said in the dialogues of one language, in any order. The
// rules that hold for every answer hold there too.
import { initializeLogger } from '@livekit/agents';
import { beforeAll, expect, test } from 'vitest';
import { read as readGerman } from '../brains/front-desk/german/intents';
import { callDeskInGerman } from '../brains/front-desk/german/testing/desk';
import { read as readEnglish } from '../brains/front-desk/intents';
import { callDesk } from '../brains/testing/desk';
import { clock, practice } from '../brains/testing/practice';
import { diaryOf } from './diary';
import { dialoguesWith } from './files';
import { broken } from './rules';

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

test.each([
  ['front-desk', callDesk, readEnglish],
  ['german', callDeskInGerman, readGerman],
] as const)(
  '%s: in any order, no answer is a dead end, too long, or said twice',
  async (folder, call, read) => {
    const all = dialoguesWith(folder);
    const said = all.flatMap(({ dialogue }) => dialogue.turns.map(({ caller }) => caller));
    // What one of them looks for is there in each: of one dialogue alone, so that all fit into a diary.
    const booked = all.find(({ dialogue }) => dialogue.booked.length > 0)?.dialogue.booked ?? [];
    const random = numbers(7);
    const problems: string[] = [];
    for (let i = 0; i < CONVERSATIONS; i += 1) {
      const talk = call(await diaryOf({ title: 'all of them', booked }));
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
  },
);
