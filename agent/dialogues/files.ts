// Finds the dialogues of an agent: the text files in the folder of its name.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Dialogue, parseDialogues } from './script';

/** A dialogue and the file it stands in. */
export interface Filed {
  readonly file: string;
  readonly dialogue: Dialogue;
}

/** All dialogues of a folder: an agent's name in the catalogue, or the language that Ada speaks. */
export function dialoguesWith(name: string): Filed[] {
  const folder = fileURLToPath(new URL(`./${name}/`, import.meta.url));
  return readdirSync(folder)
    .sort()
    .flatMap((file) =>
      parseDialogues(readFileSync(`${folder}${file}`, 'utf8')).map((dialogue) => ({
        file,
        dialogue,
      })),
    );
}
