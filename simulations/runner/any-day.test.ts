// The included scenarios match what agents say on any day: runs their lines as text on all days of a week and around
// holidays. A phrase of only some days would fail on others.
import { readFileSync } from 'node:fs';
import { initializeLogger } from '@livekit/agents';
import { beforeAll, expect, it } from 'vitest';
import { billing } from '@/agent/agents/billing';
import { frontDesk } from '@/agent/agents/front-desk';
import type { AgentDefinition } from '@/agent/core/agent-definition';
import { porter } from '@/agent/testing/night-porter';
import { ownDiary } from '@/agent/testing/own-diary';
import { StillCall, Talk } from '@/agent/testing/talk';
import { BOOKING } from '@/e2e/support/agents';
import type { Mark, Timeline } from '@/lib/calls/call';
import { LOCALES } from '@/lib/core/language';
import { translator } from '@/lib/messages/messages';
import { missed } from '@/lib/simulations/missed';
import { parseScenario, readScenarios, type ScenarioFile } from '@/lib/simulations/scenarios';
import { judgeAnswer, judgeTools } from '@/simulations/runner/judge';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));
ownDiary();

/** The tool calls, as in a call's timeline. */
const timelineOf = ({ used }: Talk) => {
  const marks = used.map(({ name, args }): Partial<Mark> => {
    return { kind: 'tool', tool: name, args: JSON.stringify(args), from: 0, to: 0 };
  });
  return { marks } as unknown as Timeline;
};

const t = translator('en', 'simulations');
const ours: Readonly<Record<string, AgentDefinition>> = { billing, 'front-desk': frontDesk };

/** The faults of a scenario whose lines are typed. */
async function faultsOf(
  { agent, talk }: ScenarioFile,
  now: Date,
  agents = ours,
): Promise<string[]> {
  const wrong: string[] = [];
  const typed = new Talk(agents[agent] ?? frontDesk, new StillCall(now));
  for (const line of talk) {
    if (!line.say) continue;
    const heard = await typed.say(line.say.replaceAll('…', ''));
    const answer = { heard, delayMs: 0, agent: line.agent ?? agent };
    const misses = [...judgeAnswer(line, answer), ...judgeTools(line, timelineOf(typed), 0)];
    wrong.push(...misses.map((miss) => `${missed(miss, t, String, LOCALES.en)}: ${heard}`));
  }
  return wrong;
}

it.each([
  ['a week', new Date(2026, 10, 21, 10), 7],
  ['the days around the holidays', new Date(2026, 11, 18, 10), 16],
])('on %s', async (_, first, many) => {
  // Agents and scenarios can be added without a change here. Repeating a line does not depend on the day.
  const scenarios = readScenarios().filter(({ agent }) => agent in ours);
  for (let at = 0; at < many; at += 1) {
    const day = new Date(first.getFullYear(), first.getMonth(), first.getDate() + at, 10);
    for (const scenario of scenarios) {
      const wrong = await faultsOf(scenario, day);
      expect(wrong, `${scenario.name} on ${day.toDateString()}`).toEqual([]);
    }
  }
});

it('books an appointment on any day, as tests and pictures do', async () => {
  for (let at = 0; at < 30; at += 1) {
    const day = new Date(2026, 10, 21 + at, 10);
    const talk = new Talk(frontDesk, new StillCall(day));
    for (const line of BOOKING) await talk.say(line);
    const booked = talk.used.filter(({ name }) => name === 'bookAppointment');
    expect(booked, day.toDateString()).toHaveLength(1);
  }
});

it('of docs/agents.md passes with its agent', async () => {
  const page = readFileSync('docs/agents.md', 'utf8');
  const text = /^```jsonc\n(.*?)^```/ms.exec(page)?.[1] ?? '';
  const scenario = parseScenario(text, 'hotel/wake-up.jsonc');
  expect(scenario.talk).not.toEqual([]);
  expect(await faultsOf(scenario, new Date(), { 'night-porter': porter })).toEqual([]);
});
