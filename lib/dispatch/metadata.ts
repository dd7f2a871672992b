// Reads dispatch metadata as a JSON object, in which each feature has its own field. Any other text belongs to the
// project.
import { jsonIn } from '@/lib/core/json';
import { isTooDeep } from '@/lib/core/nesting';

/** The metadata as an object: empty if there is none; undefined if it is not a JSON object, or nested too deep. */
export function metadataObject(metadata: string): object | undefined {
  if (metadata === '') return {};
  const value = jsonIn(metadata);
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject && !isTooDeep(value) ? value : undefined;
}
