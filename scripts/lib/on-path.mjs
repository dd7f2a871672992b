// Looks up programs on PATH.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Path of the first program of that name on PATH, or undefined. */
export function onPath(name, env) {
  return (env.PATH ?? '')
    .split(delimiter)
    .map((dir) => join(dir || '.', name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
