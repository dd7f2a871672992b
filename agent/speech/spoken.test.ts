// Written and spoken text, case by case.
import { describe, expect, test, vi } from 'vitest';
import { cardinal, ordinal, year } from '@/agent/speech/figures';
import { BLOCK_MAX, plainLetters, sentences, speakable, spoken } from '@/agent/speech/spoken';

const cases = {
  'times of day': [
    ['at 10:30', 'at ten thirty'],
    ['at 10:00', "at ten o'clock"],
    ['at 3 p.m.', 'at three pee em.'],
    ['at 3 p.m. We close then.', 'at three pee em. We close then.'],
    ['at 12:00', 'at noon'],
    ['at 00:00', 'at midnight'],
    ['at 14:30', 'at two thirty pee em'],
    ['from 8:30-12:00', 'from eight thirty to noon'],
    ['open 9am-5pm', 'open nine ay em to five pee em'],
    ["at 9 o'clock", "at nine o'clock"],
    ['I am 9 and a man', 'I am nine and a man'],
  ],
  'dates and years': [
    ['on 2026-11-23', 'on the twenty-third of November, twenty twenty-six'],
    ['on 23 Nov 2026.', 'on the twenty-third of November, twenty twenty-six.'],
    ['on November 23rd, 2026', 'on November twenty-third, twenty twenty-six'],
    ['on 25/12/2026', 'on the twenty-fifth of December, twenty twenty-six'],
    ['Fri 3rd', 'Friday the third'],
    ['open Mon-Fri', 'open Monday to Friday'],
    ['She sat in the sun. I may go in March.', 'She sat in the sun. I may go in March.'],
    ['Tuesday the 1st of December', 'Tuesday the first of December'],
    ['in 2005', 'in two thousand five'],
    ['in the 1990s', 'in the nineteen nineties'],
    ['March 2027', 'March twenty twenty-seven'],
    ['45 May', 'forty-five May'],
  ],
  'prices and percentages': [
    ['$80', 'eighty dollars'],
    ['£12.50', 'twelve pounds and fifty pence'],
    ['$0.50', 'fifty cents'],
    ['12.50 euros', 'twelve euros and fifty cents'],
    ['$1.5 million', 'one point five million dollars'],
    ['45 EUR', 'forty-five euros'],
    ['$80-$120', 'eighty to one hundred twenty dollars'],
    ['20% off', 'twenty percent off'],
  ],
  'telephone numbers': [
    ['on 555 0142.', 'on five five five, oh one four two.'],
    ['(555) 010-0199', 'five five five, oh one oh, oh one nine nine'],
    ['+44 20 7946 0123', 'plus four four, two oh, seven nine four six, oh one two three'],
    ['5 5 5, 0 1 4 2', 'five five five, oh one four two'],
    ['call 911', 'call nine one one'],
  ],
  references: [
    ['invoice 1042', 'invoice one zero four two'],
    ['reference number: WS-17', 'reference number: double you ess, one seven'],
    ['ref. WS-17', 'reference double you ess, one seven'],
    ['invoice no. 77', 'invoice number seven seven'],
    ['AB-1042 is yours', 'ay bee, one zero four two is yours'],
    ['vitamin B12', 'vitamin bee twelve'],
    ['an order of 3', 'an order of three'],
    ['The case is closed.', 'The case is closed.'],
  ],
  'numbers and measures': [
    ['1,042 people', 'one thousand forty-two people'],
    ['3.5 kg', 'three point five kilograms'],
    ['500 mg twice', 'five hundred milligrams twice'],
    ['1 hr', 'one hour'],
    ['15-20 min', 'fifteen to twenty minutes'],
    ['37°C', 'thirty-seven degrees Celsius'],
    ['-5 degrees', 'minus five degrees'],
    ['1 1/2 hours', 'one and a half hours'],
    ['24/7', 'twenty-four seven'],
    ['a well-known 3-year plan', 'a well-known three-year plan'],
  ],
  abbreviations: [
    ['Dr. Lee', 'Doctor Lee'],
    ['Mr. and Mrs. Jones', 'Mister and Missus Jones'],
    ["near St. Mary's", "near Saint Mary's"],
    ['at 14 Willow St.', 'at fourteen Willow Street.'],
    ['on Willow St, here', 'on Willow Street, here'],
    ['at 3 Park Dr.', 'at three Park Drive.'],
    ['your appt. is at 9:00', "your appointment is at nine o'clock"],
    ['e.g. a blood test', 'for example, a blood test'],
    ['i.e. tomorrow', 'that is, tomorrow'],
    ['cards, cash, etc.', 'cards, cash, et cetera.'],
    ['No. 5', 'number five'],
    ['No. We are closed.', 'No. We are closed.'],
    ['your GP & the NHS', 'your gee pee and the en aitch ess'],
    ['OK, PLEASE CALL US', 'oh kay, PLEASE CALL US'],
  ],
  addresses: [
    ['ada@willow-street.org', 'ada at willow dash street dot org'],
    ['desk2@nhs.co.uk.', 'desk two at nhs dot co dot you kay.'],
    ['https://www.example.org/book?x=1', 'example dot org slash book'],
  ],
  names: [
    ['Doctor Osei', 'Doctor Oh-say'],
    ['Nurse Patel', 'Nurse Patel'],
  ],
} satisfies Record<string, readonly (readonly [string, string])[]>;

describe.each(Object.entries(cases))('%s', (_, rows) => {
  test.each(rows)('%s', (written, said) => {
    expect(spoken(written)).toBe(said);
  });
});

test.each([
  'Willow Street Practice, this is Ada. How can I help?',
  "We're open Monday to Friday from half past eight to six o'clock.",
  'I can tell you our hours, address and services, book an appointment, or take a message.',
])('text that is already words is unchanged: %s', (text) => {
  expect(spoken(text)).toBe(text);
});

test('numbers', () => {
  expect([0, 13, 40, 101, 1_000_000, 12_345].map(cardinal)).toEqual([
    'zero',
    'thirteen',
    'forty',
    'one hundred one',
    'one million',
    'twelve thousand three hundred forty-five',
  ]);
  expect([1, 2, 3, 5, 8, 9, 12, 20, 21, 100].map(ordinal).join(' ')).toBe(
    'first second third fifth eighth ninth twelfth twentieth twenty-first one hundredth',
  );
  expect([1900, 1066, 2000, 2010].map(year)).toEqual([
    'nineteen hundred',
    'ten sixty-six',
    'two thousand',
    'twenty ten',
  ]);
});

test('no figure is left to the synthesizer, and spoken text is unchanged', () => {
  for (const [, said] of Object.values(cases).flat()) {
    expect(said).not.toMatch(/\d/);
    expect(spoken(said)).toBe(said);
  }
});

test.each([
  ['One. Two? Three!', ['One.', 'Two?', 'Three!']],
  ['Dr. Smith is in. Mrs. Jones is not.', ['Dr. Smith is in.', 'Mrs. Jones is not.']],
  ['It costs 3.50 pounds.', ['It costs 3.50 pounds.']],
  ['... ! ?', []],
])('%s', (text, expected) => {
  expect(sentences(text)).toEqual(expected);
});

test('a very long sentence is split at a comma, otherwise between words, and nothing is lost', () => {
  const withComma = `${'word '.repeat(20)}end, ${'more '.repeat(30)}end.`;
  expect(sentences(withComma)[0]).toMatch(/end,$/);
  const parts = sentences('word '.repeat(100));
  expect(Math.max(...parts.map((part) => part.length))).toBeLessThanOrEqual(160);
  expect(parts.join(' ')).toBe('word '.repeat(100).trim());
  expect(sentences('a'.repeat(400)).join('')).toBe('a'.repeat(400));
});

test.each([
  ['**Bold** and `code`', 'Bold and code'],
  ['See [our page](https://example.org).', 'See our page.'],
  ['Nice 👍🏽 day', 'Nice day'],
  ['nine – five', 'nine, five'],
  ['It’s “fine”', "It's fine"],
  ['9–5, Mon–Fri', '9-5, Mon-Fri'],
  ['½ of #5', '1/2 of #5'],
  ['# A title', 'A title'],
])('%s is read as %s', (text, expected) => {
  expect(speakable(text).replace(/ +/g, ' ')).toBe(expected);
});

test('letters the voice does not know become plain ones', () => {
  expect(plainLetters('A café in Zürich')).toBe('A cafe in Zurich');
});

describe('long and odd texts', () => {
  test('the rules see a limited part at once, cut between sentences', () => {
    const replace = vi.spyOn(String.prototype, 'replace');
    const sizes = () => replace.mock.contexts.map((text) => String(text).length);
    try {
      spoken('1-'.repeat(2_048));
      // The first rule sees the text as it is; the words for its figures are longer.
      expect(Math.max(...sizes())).toBeLessThan(5 * BLOCK_MAX);
    } finally {
      replace.mockRestore();
    }
    const sentence = 'Dr. Osei is in at 10:30 on Fri 3rd. ';
    const said = spoken(sentence.repeat(200));
    expect(said.replaceAll(spoken(sentence), '')).toBe('');
  });

  test.each(['=', '7', '$', '1-', 'a+', '😀'])(
    'pieces with %j are short: each sign is a word',
    (sign) => {
      const pieces = sentences(`${sign.repeat(2_000)}a`);
      expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(160 / 2);
    },
  );

  test('pieces of slow speech are shorter, and nothing is lost', () => {
    const text = 'word '.repeat(800).trim();
    const [usual, slow] = [sentences(text), sentences(text, 0.25)];
    expect(usual.join(' ')).toBe(text);
    expect(slow.join(' ')).toBe(text);
    expect(Math.max(...usual.map(({ length }) => length))).toBeLessThanOrEqual(160);
    expect(Math.max(...slow.map(({ length }) => length))).toBeLessThanOrEqual(40);
  });
});
