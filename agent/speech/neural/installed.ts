// The neural models on this machine, as `npm run voices` has put them there. The folder is read when
// somebody asks, so that a voice that was just added can be tried without a restart.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const paths = z.record(z.string(), z.string());
const description = z.object({
  name: z.string().min(1),
  does: z.enum(['speaks', 'hears']),
  /** Two-letter codes, the first being the usual one. */
  languages: z.array(z.string()).nonempty(),
  /** What the engine is told, paths within the model's folder; `modelType` is none. */
  files: z.record(z.string(), z.union([z.string(), paths])),
  /** Speakers by number. */
  voices: z.record(z.string(), z.number().int().min(0)).default({}),
  /** Who speaks for a built-in voice. */
  insteadOf: z.record(z.string(), z.string()).default({}),
});

/** A model that is here, and its folder. */
export type NeuralModel = z.infer<typeof description> & { readonly folder: string };

/** Names that are told to the engine as they are; every other text in `files` is a path. */
const NO_PATHS = new Set(['modelType']);

/** All models in a folder. One whose description cannot be read is none, and is told of on stderr. */
export function installedModels(folder: string): NeuralModel[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((one) => existsSync(join(one, 'voice.json')))
    .flatMap((one) => {
      try {
        const text = readFileSync(join(one, 'voice.json'), 'utf8');
        return [{ ...description.parse(JSON.parse(text)), folder: one }];
      } catch (error) {
        console.error(`${join(one, 'voice.json')} cannot be read: ${(error as Error).message}`);
        return [];
      }
    });
}

type Files = NeuralModel['files'];

/** The same with whole paths. */
export function wholePaths({ files, folder }: NeuralModel): Files {
  const whole = (key: string, value: string) => (NO_PATHS.has(key) ? value : join(folder, value));
  const entries = Object.entries(files).map(([key, value]) => [
    key,
    typeof value === 'string'
      ? whole(key, value)
      : Object.fromEntries(Object.entries(value).map(([name, path]) => [name, whole(name, path)])),
  ]);
  return Object.fromEntries(entries);
}

/** Files of a model that are not there, as paths within its folder. */
export function missingFiles({ files, folder }: NeuralModel): string[] {
  return Object.entries(files)
    .flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : Object.entries(value)))
    .filter(
      ([key, path]) => !NO_PATHS.has(key as string) && !existsSync(join(folder, path as string)),
    )
    .map(([, path]) => path as string);
}

/** The speaker's number for a voice; a built-in voice has its stand-in. undefined: there is none. */
export function speakerOf(model: NeuralModel, voice: string, builtIn: readonly string[]) {
  const named = model.voices[voice];
  if (named !== undefined) return named;
  if (!builtIn.includes(voice)) return undefined;
  const [first = 0] = Object.values(model.voices);
  return model.voices[model.insteadOf[voice] ?? ''] ?? first;
}
