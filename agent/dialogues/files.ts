// Finds the dialogues of an agent: the text files in the folder of its name.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Dialogue, parseDialogues } from './script';

/** A dialogue and the file it stands in. */
export interface Filed {
  readonly file: string;
  readonly dialogue: Dialogue;
}

/** All dialogues with an agent, by its name in the catalogue. */
export function dialoguesWith(agent: string): Filed[] {
  const folder = fileURLToPath(new URL(`./${agent}/`, import.meta.url));
  return readdirSync(folder)
    .sort()
    .flatMap((file) =>
      parseDialogues(readFileSync(`${folder}${file}`, 'utf8')).map((dialogue) => ({
        file,
        dialogue,
      })),
    );
}
