// Kinds of personal data that the setting MASK can mask in transcripts.

/** Kinds of masked data. */
export const MASKED = ['email', 'phone', 'card'] as const;
export type Masked = (typeof MASKED)[number];
