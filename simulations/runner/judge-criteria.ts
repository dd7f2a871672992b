// Judges a call with a language model by criteria in plain text, for expectations that are not one phrase. The model sees
// the transcript, as a caller would.
import { z } from 'zod';
import { type LineResult, type Miss, TEXT_MAX } from '../../lib/calls/test-calls/result';
import type { Model } from './language-model';

const INSTRUCTIONS = [
  'You judge a telephone call by criteria. What the agent said was written down by a recogniser: forgive',
  'its spelling, not what is missing. Judge each criterion by what was said alone; where the call does',
  'not show that it is met, it is not. Answer with JSON and nothing else:',
  '{"criteria": [{"number": 1, "met": true, "why": "one short sentence"}]}',
].join('\n');

const verdicts = z.object({
  criteria: z.array(
    z.object({ number: z.number().int(), met: z.boolean(), why: z.string().default('') }),
  ),
});

/** Parses the verdicts in a response, with or without surrounding text. @throws Error with a readable message */
function read(answer: string): z.infer<typeof verdicts> {
  try {
    return verdicts.parse(
      JSON.parse(answer.slice(answer.indexOf('{'), answer.lastIndexOf('}') + 1)),
    );
  } catch (cause) {
    const shown = answer.slice(0, 200);
    throw new Error(`The language model returned no valid verdicts: ${shown}`, {
      cause,
    });
  }
}

/** The criteria that are not met. @throws Error with a readable message if the model does not judge all of them */
export async function judgeCriteria(
  criteria: readonly string[],
  lines: readonly Pick<LineResult, 'said' | 'heard'>[],
  model: Model,
  signal: AbortSignal,
): Promise<Miss[]> {
  const talk = lines.map(
    ({ said, heard }) => `Caller: ${said || '(silence)'}\nAgent: ${heard || '(silence)'}`,
  );
  const numbered = criteria.map((criterion, at) => `${at + 1}. ${criterion}`);
  const content = `The call:\n${talk.join('\n')}\n\nThe criteria:\n${numbered.join('\n')}`;
  const messages = [
    { role: 'system', content: INSTRUCTIONS },
    { role: 'user', content },
  ] as const;
  const found = read(await model(messages, signal));
  return criteria.flatMap((criterion, at): Miss[] => {
    const verdict = found.criteria.find(({ number }) => number === at + 1);
    if (!verdict) throw new Error(`The language model did not judge “${criterion}”.`);
    return verdict.met ? [] : [{ kind: 'not met', criterion, why: verdict.why.slice(0, TEXT_MAX) }];
  });
}
