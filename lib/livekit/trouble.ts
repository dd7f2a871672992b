// What callers read when something failed but the call continues. Our own workers send these sentences, and the page says
// them for other workers; pages in other languages translate them.

/** By LiveKit's type of the error: the part that failed. */
const TROUBLE: Readonly<Record<string, string>> = {
  stt_error: 'The agent cannot hear you at the moment. You can type instead.',
  // Our workers show its words; LiveKit's framework alone drops them.
  tts_error: 'The agent cannot speak at the moment.',
  llm_error: 'The agent could not think of an answer. Please say it again.',
};
const ANY_TROUBLE = 'Something failed. The call goes on.';

/** The sentence for an error of this type, such as `stt_error`. */
export const troubleOf = (type: string): string => TROUBLE[type] ?? ANY_TROUBLE;

/** All of these sentences. */
export const TROUBLES: readonly string[] = [...Object.values(TROUBLE), ANY_TROUBLE];
