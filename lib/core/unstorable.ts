// Text that neither PostgreSQL nor LiveKit accepts.

/** NUL characters and unpaired surrogates, which are not valid in PostgreSQL's text and in Protobuf's strings. */
export const UNSTORABLE = /\0|\p{Surrogate}/gu;
