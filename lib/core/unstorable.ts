// Text that neither PostgreSQL nor LiveKit accepts.

/** NUL characters and unpaired surrogates, which are not valid in PostgreSQL's text and in Protobuf's strings. */
export const UNSTORABLE = /\0|\p{Surrogate}/gu;

/** Whether a text has such characters. */
export const isUnstorable = (text: string): boolean => text.search(UNSTORABLE) >= 0;
