// What is masked in transcripts, and what must stay.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCard, mask } from '@/lib/calls/mask/mask';
import { MASKED } from '@/lib/core/masked';

const all = (text: string) => mask(text, MASKED);

describe('e-mail addresses', () => {
  it.each([
    ['write to anna@example.com please', 'write to [e-mail] please'],
    ['anna.hale+desk@mail.example.co.uk.', '[e-mail].'],
    ['Meine Adresse ist jürgen@müller.de, danke', 'Meine Adresse ist [e-mail], danke'],
    ['anna @ example.com', '[e-mail]'],
    ['it is anna at example dot com', 'it is [e-mail]'],
    ['It is Anna at Example dot com.', 'It is [e-mail].'],
    ['anna dot hale at example dot co dot uk thanks', '[e-mail] thanks'],
    ['my address is anna underscore 12 at my dash site dot org', 'my address is [e-mail]'],
    ['a n n a at example dot com', '[e-mail]'],
    ['anna at example.com', '[e-mail]'],
    ['anna ät beispiel punkt de', '[e-mail]'],
    ['anna Unterstrich hale at Beispiel Punkt de bitte', '[e-mail] bitte'],
    ['{"email":"anna@example.com","n":1}', '{"email":"[e-mail]","n":1}'],
  ])('%s', (said, kept) => expect(all(said)).toBe(kept));
});

describe('phone numbers', () => {
  it.each([
    ['call 020 7946 0018 today', 'call [phone number] today'],
    ['call me on +44 20 7946 0018.', 'call me on [phone number].'],
    ['(555) 123-4567', '[phone number]'],
    ['0049/89/1234567', '[phone number]'],
    ['07700900123', '[phone number]'],
    ['plus four four two oh seven nine four six oh oh one eight', '[phone number]'],
    [
      'my number is oh seven seven double oh nine hundred',
      'my number is oh seven seven double oh nine hundred',
    ],
    ['It is oh seven seven oh oh, nine oh oh, one two three.', 'It is [phone number].'],
    ['zero seven, double seven, double zero, 900 123', '[phone number]'],
    ['five five five, one two three four', '[phone number]'],
    ['null acht neun eins zwei drei vier fünf', '[phone number]'],
    ['Null Acht Neun, eins zwo drei vier', '[phone number]'],
    ['meine Nummer ist 089 123 45 67, danke', 'meine Nummer ist [phone number], danke'],
    ['{"phone":"+442079460018"}', '{"phone":"[phone number]"}'],
    ['oh seven nine nine hundred, one two three four five six', '[phone number]'],
    ['It is oh one six three two, nine sixty, one oh one.', 'It is [phone number].'],
    ['plus forty-four twenty seventy-nine forty-six double oh eighteen', '[phone number]'],
    ['null eins sieben sechs dreiundzwanzig fünfundvierzig siebenundsechzig', '[phone number]'],
    ['unter Null acht neun, zwölf, vierunddreißig, sechsundfünfzig', 'unter [phone number]'],
    ['0176 dreiundzwanzig 45 67 bitte', '[phone number] bitte'],
    ['5 5 5 1 2 3 4', '[phone number]'],
  ])('%s', (said, kept) => expect(all(said)).toBe(kept));
});

describe('card numbers', () => {
  it.each([
    ['4111 1111 1111 1111', '[card number]'],
    ['my card is 4111-1111-1111-1111, thanks', 'my card is [card number], thanks'],
    ['378282246310005', '[card number]'],
    ['four one one one, one one one one, one one one one, one one one one', '[card number]'],
    ['4111 triple 1 1 one one one one one one one one', '[card number]'],
    ['forty-one eleven, eleven eleven, eleven eleven, eleven eleven', '[card number]'],
    [
      'vier eins eins eins eins eins eins eins eins eins eins eins eins eins eins eins',
      '[card number]',
    ],
  ])('%s', (said, kept) => expect(all(said)).toBe(kept));

  it('is found next to other numbers', () => {
    expect(all('020 7946 0018, 4111 1111 1111 1111')).toBe('[phone number], [card number]');
    expect(all('0207 946 0018 4111 1111 1111 1111')).toBe('[card number]');
  });

  it('is recognized by its check digit only', () => {
    expect(isCard('4111111111111111')).toBe(true);
    expect(isCard('4111111111111112')).toBe(false);
    expect(all('4111 1111 1111 1112')).toBe('4111 1111 1111 1112');
  });
});

it('masks a number that is one only after others were masked', () => {
  expect(all('12 12 12 12 , 12 12 , 12 12')).toBe('[phone number], [phone number]');
});

describe('what stays', () => {
  it.each([
    'We are open from 9:00 to 17:30 on weekdays.',
    'half past two on Friday the twenty first',
    'On 21.11.2026 at 10:42.',
    'on 2026-11-21 10:42',
    '11/21/2026 is a Saturday, 21/11/2026 too',
    'Am 21. 11. 2026 um 14 Uhr',
    'It costs £1,250.00, or $ 12000000 in all.',
    'Das macht 1.250.000,00 Euro.',
    'The total is 1,234,567 and 12,345,678.90.',
    'Doctor Lee has ten, eleven or two o’clock.',
    'Free are 9, 10, 11, 12 and 14 o’clock.',
    'um eins, zwei oder drei Uhr',
    'Fourteen Brook Street, beside the library',
    'Your reference is K7Q2.',
    'one two three',
    'anna at example dot museum',
    'at nine, ten, eleven, twelve, thirteen or fourteen',
    'Oh, nineteen eighty-four, nineteen ninety and twenty ten.',
    'oh nine thirty or ten forty-five',
    'zwanzig, dreißig, vierzig, fünfzig Euro',
    'It costs forty-two, fifty or sixty pounds.',
    'nine hundred and twenty',
    'um null Uhr dreißig oder um elf Uhr fünfzehn',
    'twenty twenty-six',
    'I am at home at the moment. Dot your i.',
    'meet me at the dot',
    'We are at number 10 at Oxford.',
    'I was born in 1984 and moved in 2015.',
    '1984 2015',
    'one of two people, one at eight',
    '{"at":1790000000123,"id":"550e8400-e29b-41d4-a716-446655440000"}',
    'two people and four children',
  ])('%s', (said) => expect(all(said)).toBe(said));

  it('kinds that are not selected', () => {
    const said = 'anna@example.com, 020 7946 0018, 4111 1111 1111 1111';
    expect(mask(said, [])).toBe(said);
    expect(mask(said, ['email'])).toBe('[e-mail], 020 7946 0018, 4111 1111 1111 1111');
    expect(mask(said, ['card'])).toBe('anna@example.com, 020 7946 0018, [card number]');
  });
});

/** CPU time of this process in milliseconds, so that other processes do not affect the result. */
function stopwatch(): () => number {
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  };
}

it('is idempotent, and never slow', () => {
  const words = fc.constantFrom(
    'at',
    'dot',
    'com',
    'anna',
    '4',
    'one',
    'double',
    'zero',
    'twenty',
    'hundred',
    '@',
    '.',
    ',',
    '12',
  );
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.array(words, { maxLength: 60 })), (said) => {
      const text = typeof said === 'string' ? said : said.join(' ');
      const busyMs = stopwatch();
      expect(all(all(text))).toBe(all(text));
      expect(busyMs()).toBeLessThan(500);
    }),
    { numRuns: 1_000 },
  );
  const long = [
    'a '.repeat(4_000),
    'a at '.repeat(1_600),
    'one '.repeat(2_000),
    'zero twenty '.repeat(700),
    'hundred, '.repeat(900),
    'a.'.repeat(4_000),
  ];
  for (const text of long) {
    const busyMs = stopwatch();
    all(text);
    expect(busyMs()).toBeLessThan(1_000);
  }
});
