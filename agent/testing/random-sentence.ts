// Sentences with everything the fake speech has to encode.
const WORDS =
  `hello yes no please book an appointment for Tuesday at 10:30 or the twenty-third of November thank you
  goodbye Ada O'Neill Dr. Müller's naïve £12.50 a I aaa zzzz 555-0142 what's tomorrow half past two don't know
 你好 extraordinarily`.split(/\s+/);

/** Random words: the same for the same seed. */
export function randomSentence(seed: number): string {
  let state = seed + 1;
  const random = (below: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return Math.floor((state / 2_147_483_647) * below);
  };
  random(2);
  const words = Array.from({ length: 1 + random(12) }, () => WORDS[random(WORDS.length)]);
  return words.join(' ');
}
