// Plays a script against a brain: what the caller says, and what the answers must have in them.
import { expect } from 'vitest';
import { callDesk } from './desk';

/** What the caller says, and what the answer must have in it; `!` before what it must not. */
export type Script = readonly (readonly [string, ...string[]])[];

/** Plays it; a failure shows the whole conversation. */
export async function play(script: Script, talk = callDesk()) {
  for (const [text, ...parts] of script) {
    const answer = await talk.say(text);
    for (const part of parts) {
      if (part.startsWith('!'))
        expect(answer, talk.transcript.join('\n')).not.toContain(part.slice(1));
      else expect(answer, talk.transcript.join('\n')).toContain(part);
    }
  }
  return talk;
}
