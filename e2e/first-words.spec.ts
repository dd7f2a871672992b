// How words come and go at the ends of a call's line: the caller's first ones, spoken on pressing Start;
// the agent's on screen, with its voice; and typed ones among spoken ones.
import type { Caller } from './support/caller';
import { EAR_RATE, speak, wordsIn, wordsKept } from './support/speech';
import { expect, test } from './support/test';

const ADA = /willow|street|can i h/i;
const ASKED = 'What are your opening hours?';

test('what is said at once on pressing Start is understood whole and answered', async ({
  caller,
  stack,
}) => {
  const anna = await caller();
  const question = (await speak(stack.speech, ASKED)).toString('base64');
  // Speaks as soon as the microphone is open, however fast the machine is: with the click.
  await anna.page.evaluate((wav) => {
    const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (constraints) => {
      const stream = await open(constraints);
      setTimeout(() => void window.callboardTest.say(wav), 100);
      return stream;
    };
  }, question);
  await anna.start();
  const mine = anna.transcript.locator('[data-speaker=you][data-final=true] p');
  await expect(mine.first()).toBeVisible({ timeout: 30_000 });
  const understood = (await mine.allInnerTexts()).join(' ');
  // One word of five may be misheard, by the recogniser or for what the receiver fills uneven live sound with.
  expect(wordsKept(ASKED, understood), understood).toBeGreaterThanOrEqual(0.8);
  // Nothing of it twice: not word by word, nor as other words.
  const words = wordsIn(understood);
  for (const word of wordsIn(ASKED)) {
    expect(words.filter((one) => one === word).length, understood).toBeLessThanOrEqual(1);
  }
  expect(words.length, understood).toBeLessThanOrEqual(wordsIn(ASKED).length + 1);
  await anna.hears(/open|closed/i);
});

/** Seconds that words may be on screen before they are spoken, or after. */
const APART_S = 0.7;
const LONG =
  'The river is high this morning and the boats are tied up under the old bridge until the rain is over.';

/** How much of the agent's last line was on screen when so many samples of its voice had been heard. */
interface Step {
  readonly chars: number;
  readonly heard: number;
}

/** Types, and watches the answer grow until `over`; also from where to where its voice was loud. */
async function typed(anna: Caller, text: string, over: (chars: number) => Promise<boolean>) {
  const { page } = anna;
  await anna.markNow();
  const watch = await page.evaluateHandle(() => {
    const heard = () => window.callboardTest.heard(Number.MAX_SAFE_INTEGER).samples;
    const [steps, from]: [Step[], number] = [[], heard()];
    const look = () => {
      const lines = document.querySelectorAll('[data-speaker=agent]:not([data-marked]) p');
      const chars = lines[0]?.textContent?.length ?? 0;
      if (chars > 0 && chars !== steps.at(-1)?.chars) steps.push({ chars, heard: heard() - from });
    };
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    return { steps, from };
  });
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
  const seen = () => watch.evaluate(({ steps }) => steps);
  await expect
    .poll(async () => over((await seen()).at(-1)?.chars ?? 0), { timeout: 30_000, intervals: [50] })
    .toBe(true);
  return {
    steps: seen,
    voice: () => watch.evaluate(({ from }) => window.callboardTest.heard(from).audio),
  };
}

/** First and last sample at which somebody is heard. */
function loud(audio: string): { from: number; to: number } {
  const bytes = Buffer.from(audio, 'base64');
  const samples = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length >> 1);
  const speaks = (sample: number) => Math.abs(sample) > 600;
  return { from: samples.findIndex(speaks), to: samples.findLastIndex(speaks) };
}

test('words come on screen as they are spoken, and those that were cut off do not', async ({
  caller,
}) => {
  const anna = await caller('/?agent=line-check&deployment=production');
  await anna.startAndBeGreeted(/line.?check/i);
  const whole = await typed(anna, LONG, async (chars) => {
    return chars > LONG.length && /Listening/.test((await anna.status.textContent()) ?? '');
  });
  const steps = await whole.steps();
  const { from, to } = loud(await whole.voice());
  const all = steps.at(-1)?.chars ?? 0;
  /** Seconds a step came before its words, as a voice says about as much in each second. */
  const early = ({ chars, heard }: Step, began: number) =>
    ((chars / all) * (to - from) - (heard - began)) / EAR_RATE;
  const apart = steps.map((step) => early(step, from)).sort((a, b) => a - b);
  expect(steps.length).toBeGreaterThan(10);
  // Of ten words one may fall into a moment in which the machine, not the agent, was late.
  const at = (share: number) => apart[Math.floor(share * (apart.length - 1))] ?? Number.NaN;
  expect(at(0.9)).toBeLessThan(APART_S);
  expect(at(0.1)).toBeGreaterThan(-APART_S);

  const cut = await typed(anna, LONG, async (chars) => chars > all / 3);
  await anna.page.getByRole('textbox', { name: 'Message' }).fill('Stop.');
  await anna.page.getByRole('button', { name: 'Send' }).click();
  await expect(anna.transcript).toContainText(/interrupted/i);
  const last = (await cut.steps()).at(-1);
  if (!last) throw new Error('nothing of the second answer came');
  expect(last.chars).toBeLessThan(all);
  expect(early(last, loud(await cut.voice()).from)).toBeLessThan(APART_S);
});

test('typed and spoken words are one conversation', async ({ caller }) => {
  const anna = await caller();
  await anna.startAndBeGreeted(ADA);
  await anna.markNow();
  await anna.page
    .getByRole('textbox', { name: 'Message' })
    .fill("I'd like to book an appointment.");
  await anna.page.getByRole('button', { name: 'Send' }).click();
  await anna.hears(/would you like|day/i);
  await anna.agentListens();
  // Means nothing without what was typed.
  await anna.asks('On Tuesday morning, please.', /what time|which|suits|ten|nine|eleven|half/i);
});
