// What can be kept from transcripts: the kinds that the setting MASK names.

/** Kinds of what is masked. */
export const MASKED = ['email', 'phone', 'card'] as const;
export type Masked = (typeof MASKED)[number];
