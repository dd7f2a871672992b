// Reads dispatch metadata as a JSON object, in which each feature has its own field. Any other text belongs to the
// project.

/** The metadata as an object: empty if there is none; undefined if it is not a JSON object. */
export function metadataObject(metadata: string): object | undefined {
  if (metadata === '') return {};
  try {
    const value: unknown = JSON.parse(metadata);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
