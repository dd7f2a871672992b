// What the agent knows to be heard after an interruption, and what it says next: the table of docs/turns.md, in the
// framework's session and in fake time.
import { readFileSync } from 'node:fs';
import { initializeLogger, llm } from '@livekit/agents';
import { beforeAll, expect, test } from 'vitest';
import { frontDesk } from '@/agent/agents/front-desk';
import { saidIn } from '@/agent/call/handoff';
import { spokenCall } from '@/agent/framework/testing/spoken-call';
import { reportSession } from '@/agent/reporting/session-events';
import { ownDiary } from '@/agent/testing/own-diary';
import { StillCall } from '@/agent/testing/talk';
import type { EventData } from '@/lib/calls/event';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));
ownDiary();

const HOURS = 'What are your opening hours?';
const WEEK =
  "We're open Monday to Thursday from half past eight to six o'clock, Friday to five, and Saturday from nine to noon.";
const NUMBER = 'What is your telephone number?';
const NUMBER_IS = 'Our number is 5 5 5, 0 1 4 2.';
const PRICES = 'What does it cost?';
const COSTS = "A doctor's appointment costs 80|";
const PRICE_LIST =
  "A doctor's appointment costs 80 dollars, a blood test costs 45 dollars, a vaccination costs 60 dollars and a health check costs 120 dollars.";
const MONDAY = 'I need an appointment on Monday.';
const TIMES = 'Of course. Monday the 23rd. I have half|';
const TIME_LIST =
  "Of course. Monday the 23rd. I have half past eight, one o'clock or half past five. What time would you like?";
const BOOK = ['I need an appointment on Monday at nine for Ben Carter.', 'Yes.'];
const BOOKED = "It is booked: on Monday the 23rd at nine o'clock, for Ben Carter.";
const WHERE = 'Where are you?';
const ADDRESS = 'Our address is 14 Willow Street, Brookfield. We are next to the library.';
const ELSE = 'Is there anything else?';

/** What the agent says, with a bar where the caller interrupts it, and the caller's words. */
type Cut = readonly [said: string, by: string];

/** The part that was heard. */
const heardIn = ([said]: Cut): string => said.slice(0, said.indexOf('|'));

interface Row {
  readonly when: string;
  /** What the caller has said before, each answered to the end but the last; nothing at the greeting. */
  readonly before: readonly string[];
  readonly cuts: readonly Cut[];
  /** What the agent says in the end. */
  readonly next: string;
  /** Milliseconds that its tools take. */
  readonly toolMs: number;
}

const ROWS: readonly Row[] = [
  ...rows('early', [
    [[], [['|Willow Street Practice, this is Ada.', WHERE]], `${ADDRESS} ${ELSE}`],
    [[], [['Willow Street|', HOURS]], `${WEEK} ${ELSE}`],
    [[], [['Willow Street|', 'Sorry?']], frontDesk.greeting],
    [[HOURS], [[`|${WEEK}`, 'What was that?']], `${WEEK} ${ELSE}`],
    [[HOURS], [[`|${WEEK}`, 'And on Sunday?']], `We are closed on Sunday the 22nd. ${ELSE}`],
    [[HOURS], [["We're|", 'Apart.']], `${WEEK} ${ELSE}`],
  ]),
  ...rows('in a number', [
    [[NUMBER], [['Our number is 5 5|', 'Can you say that again?']], `${NUMBER_IS} ${ELSE}`],
    [[NUMBER], [['Our number is 5 5|', 'Go on.']], `${NUMBER_IS} ${ELSE}`],
    [[NUMBER], [['Our number is 5 5|', 'Hold on.']], 'Take your time.'],
    [
      [NUMBER],
      [
        ['Our number is 5 5|', 'Hold on.'],
        ['Take your|', 'Go on.'],
      ],
      `${NUMBER_IS} ${ELSE}`,
    ],
  ]),
  ...rows('in a list', [
    [[PRICES], [[COSTS, 'How much is a vaccination?']], `A vaccination costs 60 dollars. ${ELSE}`],
    [[PRICES], [[COSTS, 'Please continue.']], `${PRICE_LIST} ${ELSE}`],
    [[MONDAY], [[TIMES, 'What was that?']], TIME_LIST],
    [[MONDAY], [[TIMES, 'Nine.']], "Nine o'clock. What name shall I put it under?"],
  ]),
  ...rows('while a tool runs', [
    [BOOK, [[`|${BOOKED}`, 'Hello?']], `One moment, please. ${BOOKED} ${ELSE}`, 5_000],
    [BOOK, [[`|${BOOKED}`, WHERE]], `${ADDRESS} ${BOOKED} ${ELSE}`, 5_000],
  ]),
  ...rows('in its result', [
    [BOOK, [[`|${BOOKED}`, WHERE]], `${BOOKED} ${ADDRESS} ${ELSE}`],
    [BOOK, [['It is booked:|', WHERE]], `${BOOKED} ${ADDRESS} ${ELSE}`],
  ]),
  ...rows('twice', [
    [
      BOOK,
      [
        ['It is booked:|', WHERE],
        ['It is|', 'Sorry, what is your address?'],
      ],
      `${BOOKED} ${ADDRESS} ${ELSE}`,
    ],
    [
      [HOURS],
      [
        ["We're open|", PRICES],
        ["A doctor's|", WHERE],
      ],
      `${ADDRESS} ${ELSE}`,
    ],
  ]),
];

type Short = [Row['before'], Row['cuts'], Row['next'], Row['toolMs']?];
function rows(when: string, short: readonly Short[]): Row[] {
  return short.map(([before, cuts, next, toolMs = 0]) => ({ when, before, cuts, next, toolMs }));
}

/** The tools of a call, each of which takes this long. */
const toolsOf = (handle: StillCall, ms: number) =>
  frontDesk.tools(handle).map((tool) => {
    if (!llm.isFunctionTool(tool)) return tool;
    const { execute } = tool;
    return Object.assign(tool, {
      execute: async (...given: Parameters<typeof execute>) => {
        await new Promise((resolve) => setTimeout(resolve, ms));
        return execute(...given);
      },
    });
  });

const titleOf = ({ when, cuts }: Row) =>
  `${when}: ${cuts.map(([said, by]) => `${said} ${by}`).join(' ')}`;

test.each(ROWS.map((row) => [titleOf(row), row] as const))('%s', async (_, row) => {
  const { before, cuts, next, toolMs } = row;
  const handle = new StillCall();
  const { instructions, greeting } = frontDesk;
  const tools = toolsOf(handle, toolMs);
  const call = await spokenCall({ instructions, tools, llm: frontDesk.scripted(handle) });
  const { session, captions, until, pass } = call;
  const turns: EventData[] = [];
  const who = { identity: 'ada', agent: 'front-desk', person: 'Ada', caller: () => undefined };
  reportSession(session, (what) => turns.push(what), { ...who, emptySince: () => undefined }, {});
  for (const [at, words] of before.entries()) {
    await call.speaks();
    await call.said(words);
    if (at < before.length - 1) await pass(20_000);
  }
  if (before.length === 0) session.say(greeting);
  for (const cut of cuts) {
    const heard = heardIn(cut);
    if (heard) await until(() => captions.text.trim() === heard);
    else if (before.length > 0) await until(() => session.agentState === 'thinking');
    await call.speaks();
    await call.said(cut[1]);
  }
  await pass(30_000);

  const said = saidIn(session.history);
  const heard = said.flatMap(({ text, interrupted }) => (interrupted ? [text.trim()] : []));
  expect(heard).toEqual(cuts.map(heardIn).filter(Boolean));
  const last = said.findLastIndex(({ speaker }) => speaker === 'caller');
  expect(said[last]).toEqual({ speaker: 'caller', text: cuts.at(-1)?.[1] });
  const answers = said.slice(last + 1).map(({ text }) => text.trim());
  expect(answers.join(' ')).toBe(next);
  // The agent, its colleagues and the timeline know the same.
  expect(saidIn(call.agent.chatCtx)).toEqual(said);
  expect(
    turns.flatMap((what) => {
      if (what.kind !== 'turn' || what.speaker === 'person') return [];
      const { speaker, text, interrupted } = what;
      return [{ speaker, text, ...(interrupted && { interrupted }) }];
    }),
  ).toEqual(said);
});

const quoted = (text: string) => `“${text}”`;
/** Without the question whether there is anything else, and of each long sentence the beginning. */
function brief(text: string): string {
  const sentences = text.replace(` ${ELSE}`, '').split(/(?<=[.?]) /);
  const short = sentences.map((one) => {
    const words = one.split(' ');
    return words.length > 10 ? `${words.slice(0, 5).join(' ')} …` : one;
  });
  return short.join(' ');
}

test('docs/turns.md has the same table', () => {
  const lines = ROWS.map(({ when, before, cuts, next }) => {
    const asked = before.at(-1);
    const heard = cuts
      .map((cut) => (heardIn(cut) ? quoted(heardIn(cut)) : 'nothing'))
      .join(', then ');
    const by = cuts.map(([, words]) => quoted(words)).join(', then ');
    return `| ${when} | ${asked ? quoted(asked) : 'the greeting'} | ${heard} | ${by} | ${quoted(brief(next))} |`;
  });
  expect(lines).toHaveLength(20);
  const page = readFileSync(new URL('../../docs/turns.md', import.meta.url), 'utf8');
  expect(page).toContain(`${lines.join('\n')}\n`);
});
