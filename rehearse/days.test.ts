// The rehearsals that come along want what the agents answer on each day: their lines typed, on all days of
// a week and around the holidays. What is only said on some days would fail one morning.
import { initializeLogger } from '@livekit/agents';
import { DateTime } from 'luxon';
import { beforeAll, expect, it } from 'vitest';
import { billingConversation, billingTools } from '../agent/brains/billing/conversation';
import { BuiltInBrain } from '../agent/brains/built-in-brain';
import { frontDeskConversation } from '../agent/brains/front-desk/conversation';
import { deskTools } from '../agent/brains/front-desk/tools';
import { newStore } from '../agent/brains/testing/desk';
import { StillCall, Talk } from '../agent/brains/testing/talk';
import { practice as facts } from '../agent/practice';
import type { Mark, Timeline } from '../lib/calls/call';
import { readRehearsals } from '../lib/rehearsals/files';
import { judgeAnswer, judgeTools } from '../lib/rehearsals/judge';
import type { FiledRehearsal } from '../lib/rehearsals/rehearsal';
import { missed } from '../lib/text/en-rehearsals';

const ZONE = 'Europe/London';
const practice = { ...facts, timeZone: ZONE };

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

/** A call of that agent, at that moment. */
function called(agent: string, now: Date): Talk {
  const call = new StillCall(now);
  const store = newStore();
  const tools = agent === 'billing' ? billingTools(call, store) : deskTools(call, practice, store);
  const brain =
    agent === 'billing'
      ? new BuiltInBrain(billingConversation(practice, undefined, 'en'), () => now)
      : new BuiltInBrain(frontDeskConversation(practice), () => now);
  return new Talk({ tools: () => tools, brain: () => brain }, call);
}

/** The tools that ran, as a call's timeline has them. */
const timelineOf = ({ used }: Talk) => {
  const marks = used.map(({ name, args }): Partial<Mark> => {
    return { kind: 'tool', tool: name, args: JSON.stringify(args), from: 0, to: 0 };
  });
  return { marks } as unknown as Timeline;
};

/** What is wrong with a rehearsal whose lines are typed. */
async function wrongIn({ agent, talk }: FiledRehearsal, now: Date): Promise<string[]> {
  const wrong: string[] = [];
  const typed = called(agent, now);
  for (const line of talk) {
    if (!line.say) continue;
    const heard = await typed.say(line.say.replaceAll('…', ''));
    const answer = { heard, delayMs: 0, agent: line.agent ?? agent };
    const misses = [...judgeAnswer(line, answer), ...judgeTools(line, timelineOf(typed), 0)];
    wrong.push(...misses.map((miss) => `${missed(miss)}: ${heard}`));
  }
  return wrong;
}

const days = (first: string, many: number) =>
  Array.from({ length: many }, (_, at) =>
    DateTime.fromISO(`${first}T10:00`, { zone: ZONE }).plus({ days: at }),
  );

it.each([
  ['a week', '2026-11-21', 7],
  ['the days around the holidays', '2026-12-18', 16],
])('on %s', async (_, first, many) => {
  // Who repeats what was said knows no days.
  const rehearsals = readRehearsals().filter(({ agent }) => agent !== 'line-check');
  for (const day of days(first, many)) {
    for (const rehearsal of rehearsals) {
      const wrong = await wrongIn(rehearsal, day.toJSDate());
      expect(wrong, `${rehearsal.name} on ${day.toISODate()}`).toEqual([]);
    }
  }
});
