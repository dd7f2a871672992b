// Which parts of a text are spoken while a model still writes it.
import { expect, test } from 'vitest';
import { FirstClause } from '@/agent/speech/first-clause';

/** The parts, each with the number of pieces that had been written when it was cut off. */
async function cut(pieces: readonly string[]): Promise<(readonly [string, number])[]> {
  const stream = new FirstClause().stream();
  const parts: (readonly [string, number])[] = [];
  let written = 0;
  const reading = (async () => {
    for await (const { token } of stream) parts.push([token, written]);
  })();
  for (const piece of pieces) {
    written += 1;
    stream.pushText(piece);
    await new Promise(setImmediate);
  }
  stream.endInput();
  await reading;
  return parts;
}

const words = (text: string) => text.split(/(?<= )/);

test('the first clause is spoken before its sentence is complete', async () => {
  const said =
    'Of course I can do that, what day would you like? We are open, as always, until six.';
  expect(await cut(words(said))).toEqual([
    ['Of course I can do that,', 7],
    ['what day would you like?', 12],
    ['We are open, as always, until six.', 18],
  ]);
});

test('a few words wait for their sentence', async () => {
  expect(await cut(words('Sure, we are open. Until six.'))).toEqual([
    ['Sure, we are open.', 5],
    ['Until six.', 6],
  ]);
});

test('numbers are not cut', async () => {
  expect(await cut(words('That costs about 1,200 dollars in all. Shall I?'))).toEqual([
    ['That costs about 1,200 dollars in all.', 8],
    ['Shall I?', 9],
  ]);
});

test('what is written in one piece is spoken by the sentence', async () => {
  const said = 'Our address is 14 Willow Street, Brookfield.';
  expect(await cut([said])).toEqual([[said, 1]]);
  // As the framework passes it on.
  expect(await cut([said.slice(0, -1), '.'])).toEqual([[said, 2]]);
  expect(await cut([said, ' We are next to the library.'])).toEqual([
    [said, 2],
    ['We are next to the library.', 2],
  ]);
});

test('a sentence that ends after its clause loses nothing', async () => {
  expect(await cut(words('As I said before, yes'))).toEqual([
    ['As I said before,', 5],
    ['yes', 5],
  ]);
});
