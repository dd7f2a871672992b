// Declares tests of whole calls in which a part is stuck: what was said is answered, once, and the timeline says what was
// stuck. They are in two files, because calls take their time, and files run at the same time.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { notices } from '@/agent/core/notices';
import type { Speaker, TestCaller } from '@/agent/testing/caller';
import { FAULT_TOPIC, type Fault } from '@/agent/testing/faulty-agent';
import { openStage, type Stage } from '@/agent/testing/stage';
import { bundleWorker } from '@/agent/testing/worker-process';
import type { EventData, EventKind, EventOf } from '@/lib/calls/event';

const WORDS = ['The boat is blue', 'The boat is green', 'The boat is red'] as const;

let stage: Stage;

/** A call with the faulty agent, which has greeted. */
class Call {
  constructor(
    readonly caller: TestCaller,
    private microphone: Speaker,
  ) {}

  static async begin(): Promise<Call> {
    const caller = await stage.call('line-check');
    const microphone = await caller.speaks(stage.speech);
    const call = new Call(caller, microphone);
    await expect.poll(() => call.reported('turn').length).toBe(1);
    return call;
  }

  reported<K extends EventKind>(kind: K): EventOf<K>[] {
    const is = (what: EventData): what is EventOf<K> => what.kind === kind;
    return stage.web.eventsOf(this.caller.room).flatMap(({ what }) => (is(what) ? [what] : []));
  }

  happens(fault: Fault): Promise<void> {
    return this.caller.sends(FAULT_TOPIC, fault);
  }

  async changeMicrophone(): Promise<void> {
    this.microphone = await this.caller.speaks(stage.speech);
  }

  say(words: string): Promise<void> {
    return this.microphone.say(`${words}.`);
  }

  /** Each of them was stuck, and restarted; nothing else was. */
  expectStuck(parts: EventOf<'stuck'>['part'][]): void {
    const stuck = this.reported('stuck').map((one) => [one.part, one.done]);
    expect(stuck).toEqual(parts.map((part) => [part, 'restarted']));
  }

  /** The caller has said so many things. */
  expectHeard(times: number): void {
    const heard = this.reported('turn').filter(({ speaker }) => speaker === 'caller');
    expect(heard).toHaveLength(times);
  }

  /** Says it, and waits until it has been answered, once. */
  async isAnswered(words: string): Promise<void> {
    await this.say(words);
    await this.microphone.said();
    const answer = `I heard: ${words}.`;
    await expect.poll(() => this.caller.said).toContain(answer);
    await expect.poll(() => this.caller.agent()?.attributes['lk.agent.state']).toBe('listening');
    expect(this.caller.said.split(answer)).toHaveLength(2);
  }
}

/** @param before how much has been said, and answered, when the part gets stuck */
export function stuckParts(before: 0 | 1): void {
  let folder: string;
  beforeAll(async () => {
    folder = await bundleWorker({ 'agent/agents/line-check.ts': 'agent/testing/faulty-agent.ts' });
    stage = await openStage({ folder });
    await stage.startWorker().live();
  });
  afterAll(async () => {
    await stage?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(['vad', 'stt'] as const)('%s', async (part) => {
    const call = await Call.begin();
    for (const words of WORDS.slice(0, before)) await call.isAnswered(words);
    await call.happens(part);
    await call.isAnswered(WORDS[before]);
    await call.isAnswered(WORDS[before + 1] as string);
    call.expectStuck([part]);
    call.expectHeard(before + 2);
    await call.caller.hangUp();
  });

  test('input that stays silent: the agent leaves for another one', async () => {
    const call = await Call.begin();
    for (const words of WORDS.slice(0, before)) await call.isAnswered(words);
    await call.happens('deaf');
    await call.say('The boat is red');
    await expect.poll(() => call.reported('agent_left')).toMatchObject([{ why: 'error' }]);
    expect(call.reported('stuck')).toMatchObject([
      { part: 'input', done: 'restarted' },
      { part: 'input', done: 'replaced' },
    ]);
    await call.caller.hangUp();
  });

  test('output: the agent leaves for another one', async () => {
    const call = await Call.begin();
    for (const words of WORDS.slice(0, before)) await call.isAnswered(words);
    await call.happens('output');
    await call.say('The boat is red');
    await expect
      .poll(() => call.reported('stuck'))
      .toMatchObject([{ part: 'output', done: 'replaced' }]);
    await expect.poll(() => call.reported('agent_left')).toMatchObject([{ why: 'error' }]);
    await call.caller.hangUp();
  });
}

/** Declares tests of calls in which it happens before the first words, and again between words. */
export function stuckAtFirstAndLater(): void {
  test.each<[Fault, EventOf<'stuck'>['part'][]]>([
    // Each speech is watched by itself: the second time is no different for having been stuck before.
    ['tts', ['tts', 'tts']],
    ['blocked', []],
  ])('%s', async (fault, parts) => {
    const call = await Call.begin();
    await call.happens(fault);
    await call.isAnswered(WORDS[0]);
    await call.isAnswered(WORDS[1]);
    await call.happens(fault);
    await call.isAnswered(WORDS[2]);
    call.expectStuck(parts);
    call.expectHeard(WORDS.length);
    await call.caller.hangUp();
  });

  test('input: what did not arrive is asked for', async () => {
    const call = await Call.begin();
    for (const words of WORDS) {
      const said = call.caller.said.length;
      await call.happens('input');
      await call.say('The boat is black');
      await expect.poll(() => call.caller.said.slice(said)).toContain(notices.missed);
      await call.isAnswered(words);
    }
    const times = WORDS.map(() => ({ part: 'input', done: 'restarted' }));
    expect(call.reported('stuck')).toMatchObject(times);
    await call.caller.hangUp();
  });

  test('another microphone', async () => {
    const call = await Call.begin();
    for (const words of WORDS.slice(0, 2)) {
      await call.changeMicrophone();
      await call.isAnswered(words);
    }
    await call.caller.hangUp();
  });
}
