// The metadata of a dispatch as everybody here reads it who finds or leaves something in it: an object of
// JSON, in which each has a field of their own. Any other text is the project's own.

/**
 * The metadata as an object: an empty one where there is none; undefined where it is something else, such
 * as words or a list, which mean something to nobody but the project.
 */
export function metadataObject(metadata: string): object | undefined {
  if (metadata === '') return {};
  try {
    const value: unknown = JSON.parse(metadata);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
