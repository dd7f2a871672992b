// Dates, times and ranges as people type them, rewritten as they are spoken, before punctuation is
// removed: "2026-12-03" and "3.12." become "3 december", "2-4" becomes "between 2 and 4".
export const MONTHS =
  'january february march april may june july august september october november december'.split(
    ' ',
  );

const named = (day: string, month: string, year = '') => {
  const name = MONTHS[Number(month) - 1];
  return name && ` ${Number(day)} ${name} ${year} `;
};
const D = '(0?[1-9]|[12]\\d|3[01])';
const M = '(0?[1-9]|1[0-2])';
const SHORT_DAYS = '(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}';
const SHORT_MONTHS = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}';
/** With a dot, minutes that are no month: "2.30-4" are times, "3.12-5.12" are none. */
const TIME = '\\d{1,2}(?::[0-5]\\d|\\.(?:00|1[3-9]|[2-5]\\d))?(?: ?[ap]m)?';

const HOUR =
  '(?:\\d{1,2}(?:[:.]\\d\\d)?(?: ?[ap]m)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)';

const FORMS: readonly (readonly [RegExp, (match: string, ...groups: string[]) => string])[] = [
  // "2026-12-03", also with a time: "2026-12-03T14:30". Without such a month it stays a date.
  [
    /(?<![\d-])(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:t(?=\d)|(?![\d-]))/g,
    (_, year, month = '', day = '') => named(day, month, year) ?? ` ${year}/${month}/${day} `,
  ],
  // "3.-5.12.", of which both days are in that month.
  [
    new RegExp(`(?<![\\d.:])${D}\\. ?[-–—] ?(?=${D}\\. ?${M}\\.)`, 'g'),
    (_, from, _until, month) => `${from}.${month}. - `,
  ],
  // "3.12.2026", "3. 12. 2026": with dots the day is first. "30.02.2026" is for the reader to refuse.
  [
    /(?<![\d.])(\d{1,2})\. ?(\d{1,2})\. ?(\d{4}|\d\d(?![\d:.]))/g,
    (match, day = '', month = '', year = '') =>
      named(day, month, year.length === 2 ? `20${year}` : year) ?? match.replace(/\. ?/g, '/'),
  ],
  // "15:00Z", "15:00:00.000+01:00": a clock that is not ours; but "10:00-12:00" is a range.
  [
    /(?<=\d:\d\d(?::\d\d)?)(?:\.\d+)?(?:z\b| ?[+]\d\d:?\d\d\b)|(?<=\d:\d\d:\d\d)(?:\.\d+)?-\d\d:?\d\d\b/g,
    () => ' utc ',
  ],
  // "24-26/11", "24/11-26/11".
  [
    new RegExp(`(?<![\\d/.-])${D} ?[-–—] ?(?=${D}/${M}(?![\\d/]))`, 'g'),
    (_, from, _until, month) => `${from}/${month} to `,
  ],
  [/(\d\/\d{1,2}) ?[-–—] ?(?=\d{1,2}\/\d)/g, (_, from) => `${from} to `],
  // "24, 25 or 26 November", "24/26 Nov".
  [
    new RegExp(
      `(?<![\\d/.])${D}(?:,? (or|and|to|until) | ?[,/] ?)(?=(?:${D}(?:,? (?:or|and|to|until) | ?[,/] ?)){0,4}${D}\\.? (${SHORT_MONTHS})\\b)`,
      'g',
    ),
    (_, day, word = 'or', _next, _last, month) => `${day} ${month} ${word} `,
  ],
  // "3/4pm" and "9, 10 or 11": one of these hours.
  [/(?<![\d/])(\d{1,2})\/(\d{1,2})(?=-?ish| ?[ap]\.?m)/g, (_, a, b) => `${a} or ${b}`],
  [
    new RegExp(`\\b(${HOUR}), ?(?=(?:${HOUR}, ?){0,4}${HOUR},? or ${HOUR}\\b)`, 'g'),
    (_, hour) => `${hour} or `,
  ],
  // "03-12-2026": which is the month is for the reader to ask.
  [/(?<![\d-])(\d{1,2})-(\d{1,2})-(\d{4}|\d\d)(?![\d-])/g, (_, a, b, year) => `${a}/${b}/${year}`],
  // "3.12.", but not "at 2.30." or "at 10.10.", which end a sentence.
  [
    new RegExp(
      `(?<![\\d.:]|\\b(?:at|by|past|to|around|about|from|until|till|before|after|and) )${D}\\. ?${M}\\.(?!\\d)`,
      'g',
    ),
    (_, day = '', month = '') => named(day, month) ?? '',
  ],
  [
    new RegExp(`\\bon (?:the )?${D}\\.${M}(?![\\d.:])`, 'g'),
    (_, d = '', m = '') => `on ${named(d, m)}`,
  ],
  // No such time of day: "24.12", "25.12".
  [
    new RegExp(`(?<![\\d.:$£€])(2[4-9]|3[01])\\.${M}(?![\\d.:])`, 'g'),
    (_, day = '', month = '') => named(day, month) ?? '',
  ],
  [/\b([01]\d|2[0-3])([0-5]\d) ?h\b/g, (_, h, m) => `${h}:${m}`],
  [/\b(\d{1,2}) uhr(?: ([0-5]\d)\b)?/g, (_, h, m = '00') => `${h}:${m} uhr`],
  // "14h30", "14h", "14:30h", "14.30 hrs".
  [/\b(\d{1,2}) ?h ?([0-5]\d)\b/g, (_, h, m) => `${h}:${m}`],
  [/\b(\d{1,2}) ?h\b/g, (_, h) => `${h}:00`],
  [/\b(\d{1,2}[:.]\d\d) ?(?:h|hrs?|hours)\b/g, (_, time = '') => time],
  [
    new RegExp(
      `\\b(${SHORT_MONTHS}(?: \\d{4})?) {0,3}[-–—] {0,3}(?=\\d{1,2} ${SHORT_MONTHS}\\b)`,
      'g',
    ),
    (_, first) => `${first} to `,
  ],
  // "Mon-Wed", "23-25 November", "Nov 23 - 25".
  [
    new RegExp(`\\b(${SHORT_DAYS}) ?[-–—] ?(?=(?:${SHORT_DAYS})\\b)`, 'g'),
    (_, day) => `${day} to `,
  ],
  [/(\d(?:st|nd|rd|th)) ?[-–—] ?(?=\d{1,2}(?:st|nd|rd|th)\b)/g, (_, day) => `${day} to `],
  [
    new RegExp(`\\b${D} ?[-–—] ?${D}\\.? (${SHORT_MONTHS})\\b`, 'g'),
    (_, from, until, month) => `from ${from} ${month} to ${until} ${month}`,
  ],
  [
    new RegExp(
      `\\b(${SHORT_MONTHS})\\.? ${D} (or|and) ${D}(?:st|nd|rd|th)?\\b(?![:.]\\d| ?[ap]\\.?m| o'?clock)`,
      'g',
    ),
    (_, month, one, word, other) => `${one} ${month} ${word} ${other} ${month}`,
  ],
  [
    new RegExp(`\\b(${SHORT_MONTHS})\\.? ${D} ?[-–—] ?${D}(?![\\d:])`, 'g'),
    (_, month, from, until) => `from ${from} ${month} to ${until} ${month}`,
  ],
  // "2-4", "2:30–4 pm", "3 til 4"; but "10 till 3" is ten to three.
  [
    new RegExp(
      `(?<![\\d:/-])(${TIME})(?: ?[-–—] ?| until |(?<!\\b(?:5|10|20|25)) '?till? )(${TIME})(?![\\d:/-])`,
      'g',
    ),
    (_, from, to) => `between ${from} and ${to}`,
  ],
];

/** The text with its dates and times as they are spoken. Expects lower case. */
export function spokenDates(text: string): string {
  let out = text;
  for (const [pattern, value] of FORMS) out = out.replace(pattern, value);
  return out;
}
