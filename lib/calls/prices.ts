// What models cost: edit this file to see the cost of calls. It ships without prices, because they change and depend on
// your contract. Amounts of models without a price are shown, and cost nothing.

/** The currency of all prices, as an ISO 4217 code. */
export const CURRENCY = 'USD';

/** The price of a model. What is not set costs nothing. */
export interface Price {
  /** Name of the model, as the page of a call shows it. */
  readonly model: string;
  /** Per million input tokens. */
  readonly inputTokens?: number;
  /** Per million input tokens from the cache; otherwise as other input tokens. */
  readonly cachedTokens?: number;
  /** Per million input tokens of audio; otherwise as other input tokens. */
  readonly inputAudioTokens?: number;
  /** Per million output tokens. */
  readonly outputTokens?: number;
  /** Per million output tokens of audio; otherwise as other output tokens. */
  readonly outputAudioTokens?: number;
  /** Per minute of audio that was recognized or spoken. */
  readonly audioMinute?: number;
  /** Per million characters that were spoken. */
  readonly characters?: number;
}

export const prices: readonly Price[] = [
  // { model: 'example-llm', inputTokens: 0.5, cachedTokens: 0.1, outputTokens: 2 },
  // { model: 'example-stt', audioMinute: 0.005 },
  // { model: 'example-tts', characters: 15 },
];
