// An hour of calls by eight callers, with faults of all kinds at random: everything that was said is answered, once, and
// nothing is left.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { notices } from '@/agent/core/notices';
import type { Speaker } from '@/agent/testing/caller';
import { FAULT_TOPIC, type Fault } from '@/agent/testing/faulty-agent';
import { bundleWorker, TestWorker } from '@/agent/testing/worker-process';
import type { Call } from '@/e2e/faults/support/call';
import { newPlace, parts, type Running, workersLive } from '@/e2e/faults/support/parts';
import { soon, within } from '@/e2e/faults/support/poll';
import { MAX_ATTEMPTS } from '@/lib/core/join-timeouts';

const HOUR_MS = 60 * 60_000;
const CALLERS = 8;
/** Sentences of each call. */
const COLORS = ['red', 'green', 'blue', 'white', 'black', 'brown'];
/** What the line check says before the words that it has heard. */
const ANSWER = 'I heard: ';
/** Words of this sentence and no other: on a busy machine the sound of one can be lost on its way, in calls without faults too. */
function heardOf(color: string): RegExp {
  const others = COLORS.filter((one) => one !== color).join('|');
  return new RegExp(`^(?![^.]*\\b(?:${others})\\b)[^.]*\\b(?:boat|${color})\\b`, 'i');
}
const hasBoat = (text: string) => /\bboat\b/i.test(text);
const hasColor = (text: string) =>
  COLORS.some((color) => new RegExp(`\\b${color}\\b`, 'i').test(text));
/** Sentences from turns: on a busy machine the sound of one can arrive with a gap, and then it is two turns. */
function sentencesOf(turns: readonly string[]): string[] {
  const sentences: string[] = [];
  for (const text of turns) {
    const last = sentences.at(-1) ?? '';
    const isRest = hasBoat(last) && !hasColor(last) && !hasBoat(text);
    if (isRest) sentences.splice(-1, 1, `${last} ${text}`);
    else sentences.push(text);
  }
  return sentences;
}
/** How often a sentence meets a fault. */
const OFTEN = 0.6;
/** How often a call meets the same one: the watchdog replaces an agent when a part is stuck for the third time in a minute. */
const TIMES_MAX = 2;
/** Milliseconds until a sentence is answered: an agent that is replaced first takes longest. */
const ANSWERED_MS = 120_000;

type Event = Fault | 'microphone';
const EVENTS: readonly Event[] = [
  ...(['input', 'vad', 'stt', 'tts'] as const),
  ...(['output', 'blocked', 'killed', 'microphone'] as const),
];
const isReplaced = (event: Event) => event === 'output' || event === 'killed';

/** What may happen now: the agent of a call is replaced twice at most. */
function possible(happened: readonly Event[]): Event[] {
  const isOver = happened.filter(isReplaced).length >= MAX_ATTEMPTS;
  const times = (event: Event) => happened.filter((one) => one === event).length;
  return EVENTS.filter((event) => times(event) < TIMES_MAX && !(isOver && isReplaced(event)));
}

let desk: Running;
let worker: TestWorker;
let folder: string;

beforeAll(async () => {
  folder = await bundleWorker({ 'agent/agents/line-check.ts': 'agent/testing/faulty-agent.ts' });
  desk = await parts(await newPlace(), 'livekit', 'web');
  worker = TestWorker.start(join(folder, 'agent/main.js'), desk.settings, []);
  await workersLive(desk, 1);
});
afterAll(async () => {
  await worker?.kill();
  await desk?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** A caller who talks to one agent after the other until the time is up. */
class Talker {
  /** What happened in the call, for the message of a failure. */
  happened: Event[] = [];
  calls = 0;

  async talk(untilMs: number): Promise<void> {
    while (performance.now() < untilMs) {
      this.happened = [];
      await this.#call();
      this.calls += 1;
    }
  }

  async #call(): Promise<void> {
    const call = await desk.product.call();
    try {
      await this.#talks(call);
    } catch (error) {
      const { marks } = await call.timeline();
      const told = marks.map((mark) => JSON.stringify(mark)).join('\n');
      throw new Error(`after ${this.happened.join(', ')} in ${call.id}:\n${told}`, {
        cause: error,
      });
    }
  }

  async #talks(call: Call): Promise<void> {
    await call.answered();
    // Whoever replaces an agent that is killed in its greeting greets again, and does not ask the caller to go on.
    await listens(call);
    let microphone = await call.caller.speaks(desk.settings.SPEECH_TTS_URL as string);
    for (const color of COLORS) {
      const event = Math.random() < OFTEN ? pick(possible(this.happened)) : undefined;
      if (event) this.happened.push(event);
      if (event === 'microphone') {
        microphone = await call.caller.speaks(desk.settings.SPEECH_TTS_URL as string);
      } else if (event) {
        const before = await call.present();
        const said = call.caller.said.length;
        await call.caller.sends(FAULT_TOPIC, event);
        if (event === 'killed') {
          await call.replaced(before);
          // Nobody hears the caller before that.
          await soon(() => call.caller.said.slice(said)).toContain(notices.goOn);
        }
      }
      await this.#isAnswered(call, microphone, color, event);
    }
    await call.caller.hangUp();
    await within(ANSWERED_MS, async () => (await call.summary())?.endedBy).toBe('caller');
    await within(ANSWERED_MS, async () => sentencesOf(await turnsOf(call))).toEqual(
      COLORS.map((color) => expect.stringMatching(heardOf(color))),
    );
  }

  async #isAnswered(
    call: Call,
    microphone: Speaker,
    color: string,
    event: Event | undefined,
  ): Promise<void> {
    const { caller } = call;
    const before = await call.present();
    let said = caller.said.length;
    const since = () => caller.said.slice(said);
    const answers = () =>
      since()
        .split(ANSWER)
        // Before the first is the end of the last answer. Half a sentence could be about any color.
        .slice(1)
        .filter((words) => words.includes('.') && heardOf(color).test(words));
    const isAnswered = () => answers().length > 0;
    // LiveKit, which alone has heard them then, does not notice every short sentence on a busy machine.
    const asks = [notices.missed, notices.areYouThere];
    const isAsked = () => event === 'input' && asks.some((ask) => since().includes(ask));
    await microphone.say(`The boat is ${color}.`);
    await microphone.said();
    if (event === 'output') {
      await call.replaced(before);
      // Nobody heard what a stuck output had to say.
      said = caller.said.length;
    }
    await within(ANSWERED_MS, () => isAnswered() || isAsked() || since()).toBe(true);
    if (!isAnswered()) {
      // What has not arrived is asked for.
      await microphone.say(`The boat is ${color}.`);
      await within(ANSWERED_MS, () => isAnswered() || since()).toBe(true);
    }
    if (event && isReplaced(event)) await soon(async () => (await call.agents()).length).toBe(1);
    else expect((await call.present()).identity).toBe(before.identity);
    await listens(call);
    // Each part of it once, if it was two turns.
    expect(answers().filter(hasBoat).length, answers().join(' | ')).toBeLessThanOrEqual(1);
    expect(answers().filter(hasColor).length, answers().join(' | ')).toBeLessThanOrEqual(1);
  }
}

const pick = <T>(all: readonly T[]): T => all[Math.floor(Math.random() * all.length)] as T;

/** Waits until the agent listens. */
const listens = ({ caller }: Call) =>
  soon(() => caller.agent()?.attributes['lk.agent.state']).toBe('listening');

/** What the caller said, in order. */
async function turnsOf(call: Call): Promise<string[]> {
  const { marks } = await call.timeline();
  return marks.flatMap((mark) =>
    mark.kind === 'turn' && mark.speaker === 'caller' ? [mark.text] : [],
  );
}

test(
  'everything is answered, and nothing is left',
  async () => {
    const until = performance.now() + HOUR_MS;
    const talkers = Array.from({ length: CALLERS }, () => new Talker());
    await Promise.all(talkers.map((talker) => talker.talk(until)));
    console.log(`${talkers.reduce((sum, { calls }) => sum + calls, 0)} calls`);
    await soon(() => desk.product.livekit.rooms.listRooms()).toEqual([]);
    await soon(() => worker.jobs().filter(({ agent }) => agent !== '')).toEqual([]);
  },
  HOUR_MS + 15 * 60_000,
);
