// What people write and say about days and times, and what is understood.
import { median } from 'es-toolkit';
import { expect, test } from 'vitest';
import { scan } from '@/agent/scripted/mentions';
import { plain } from '@/agent/scripted/phrases';
import { dayRules } from '@/agent/scripted/read-days';
import { readWhen } from '@/agent/scripted/read-when';
import type { Kind } from '@/agent/scripted/roles';
import { dayFrom, wallClock } from '@/agent/scripted/when';
import { NOW } from '@/agent/testing/talk';

const DAYS = Array.from({ length: 21 }, (_, later) => dayFrom(NOW, later));
const HOURS = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`);

/** "23–25, 27" of those that fit, without what all have in common. */
function fitting(values: readonly string[], fits: (value: string) => boolean): string {
  const short = (value = '') => value.replace(/^2026-|:00$/g, '');
  const runs: string[][] = [];
  for (const [at, value] of values.entries()) {
    if (!fits(value)) continue;
    if (at > 0 && runs.at(-1)?.at(-1) === values[at - 1]) runs.at(-1)?.push(value);
    else runs.push([value]);
  }
  return runs
    .map((run) => (run.length > 1 ? `${short(run[0])}–${short(run.at(-1))}` : short(run[0])))
    .join(', ');
}

/** In one line: the day, the time, `?` with what must be asked, and the choice that is left. */
function understood(phrase: string): string {
  const { day, time, fits, doubts } = readWhen(plain(phrase), NOW, true);
  const kinds: [Kind, readonly string[]][] = [
    ['day', DAYS],
    ['time', HOURS],
  ];
  const more = kinds.flatMap(([kind, values]) => {
    const [doubt, fit] = [doubts[kind], fits[kind]];
    const asked = doubt && ['?', ...(doubt.why ? [doubt.why] : []), doubt.either.join(' or ')];
    const left = fit && !{ day, time }[kind] && `[${fitting(values, fit)}]`;
    return [...(asked ? [asked.filter(Boolean).join(' ')] : []), ...(left ? [left] : [])];
  });
  return [day, time, ...more].filter(Boolean).join(' ');
}

test.each([
  ['next week Wednesday', '2026-11-25'],
  ['Wednesday of next week', '2026-11-25'],
  ['Wednesday next week at 3', '2026-11-25 15:00'],
  ['Monday of the week after next', '2026-11-30'],
  ['next week Friday at quarter to 3', '2026-11-27 14:45'],
  ['Friday after next', '2026-12-04'],
  ['the Tuesday after that', '2026-11-24'],
  ['a fortnight on Monday', '2026-12-07'],
  ['in a fortnight', '2026-12-04'],
  ["in a week's time", '2026-11-27'],
  ['a week today', '2026-11-27'],
  ['a week on Tuesday', '2026-12-01'],
  ['Wednesday week', '2026-12-02'],
  ['two Mondays from now', '2026-11-30'],
  ['Monday in 3 weeks', '2026-12-07'],
  ['this Friday', '2026-11-20'],
  ['Friday', '2026-11-27'],
  ['this coming Monday', '2026-11-23'],
  ['next Tuesday', '2026-11-24'],
  ['next Sunday', '? 2026-11-22 or 2026-11-29'],
  ['last Friday', '2026-11-13'],
  ['last week Monday', '2026-11-09'],
  ['the day after tomorrow at ten', '2026-11-22 10:00'],
  ['tomorrow or the day after', '? 2026-11-21 or 2026-11-22'],
  ['the day after Monday', '2026-11-24'],
  ['2 days before Friday', '2026-11-25'],
  ['3 days ago', '2026-11-17'],
  ['in a couple of days', '2026-11-22'],
  ['the Monday after next', '2026-11-30'],
  ['this weekend', '[11-21–11-22]'],
  ['early next week', '[11-23–11-25]'],
  ['end of the week', '[11-20–11-22]'],
  ['end of the month', '[11-24–11-30]'],
  ['within the next two weeks', '[11-20–12-04]'],
  ['mid December', '[12-10]'],
])('Weeks and weekdays: %j is understood as %j', (phrase, meant) => {
  expect(understood(phrase)).toBe(meant);
});

test.each([
  ['Friday the 27th of November at 2', '2026-11-27 14:00'],
  ['December the third', '2026-12-03'],
  ['the last Friday of the month', '2026-11-27'],
  ['the first Monday in December', '2026-12-07'],
  ['the 5th of next month', '2026-12-05'],
  ['the Wednesday after the 25th', '2026-12-02'],
  ['the Monday before Christmas', '2026-12-21'],
  ["New Year's Eve", '2026-12-31'],
  ['3 January', '2027-01-03'],
  ['19 November', '2026-11-19'],
  ['the 2nd or 3rd of December', '? 2026-12-02 or 2026-12-03'],
  ['3/12', '? 2026-12-03 or 2027-03-12'],
  ['12/31/2026', '2026-12-31'],
  ['1/12/26', '2026-12-01'],
  ['2.12.26', '2026-12-02'],
  ['3.12.', '2026-12-03'],
  ['3.12.2026', '2026-12-03'],
  ['on 3.12. at 14.30', '2026-12-03 14:30'],
  ['01-12-2026', '2026-12-01'],
  ['2026-12-03', '2026-12-03'],
  ['2026/12/01', '2026-12-01'],
  ['2026-12-03T14:30', '2026-12-03 14:30'],
  ['Mon 30/11', '2026-11-30'],
  ['Mon 23 Nov', '2026-11-23'],
  ['Tue at 3', '2026-11-24 15:00'],
  ['on sat', '2026-11-21'],
  ['Thu 3 Dec 2pm', '2026-12-03 14:00'],
  ['23 or 24 November', '? 2026-11-23 or 2026-11-24'],
  ['I sat in the sun', ''],
  ['tmrw at 9', '2026-11-21 09:00'],
  ['Tuesday 24 at 10', '2026-11-24 10:00'],
])('Dates: %j is understood as %j', (phrase, meant) => {
  expect(understood(phrase)).toBe(meant);
});

test.each([
  [
    'Monday the 31st',
    '? The 31st of December is a Thursday. 2026-11-30 or 2026-12-28 or 2026-12-31',
  ],
  ['Tuesday the 3rd', '? The 3rd of December is a Thursday. 2026-12-01 or 2026-12-03'],
  ['the 31st of this month', '? There is no 31st of November. 2026-11-30 or 2026-12-01'],
  ['31 November', '? There is no 31st of November. 2026-11-30 or 2026-12-01'],
  ['Monday 31 November', '? There is no 31st of November. 2026-11-30 or 2026-12-01'],
  ['31.11.2026', '? There is no 31st of November. 2026-11-30 or 2026-12-01'],
  ['31/4', '? There is no 31st of April. 2027-04-30 or 2027-05-01'],
  ['30.2.', '? There is no 30th of February. 2027-02-28 or 2027-03-01'],
  ['29 February', '? There is no 29th of February 2027. 2027-02-28 or 2027-03-01'],
  ['29 Feb 2028', '2028-02-29'],
  ['2026-02-29', '? There is no 29th of February 2026.'],
  ['13/13/2026', '? I know no such date.'],
  ['2026-13-05', '? I know no such date.'],
  ['Monday 32', '? There is no 32nd.'],
  ['the 32nd', '? There is no 32nd.'],
  ['Sunday 28 November', '? The 28th of November is a Saturday. 2026-11-28 or 2026-11-29'],
  ['Monday 27.11.2026', '? The 27th of November is a Friday. 2026-11-27 or 2026-11-30'],
  ['tomorrow, Friday', '? Tomorrow is a Saturday. 2026-11-21 or 2026-11-27'],
  ['25:00', '? There is no 25:00.'],
  ['24:30', '? There is no 24:30.'],
  ['12:60', '? There is no 12:60.'],
  ['15:00 in the morning', '? 15:00 is not in the morning. 03:00 or 15:00'],
  ["3 o'clock Eastern time", '? My times are local to us. 15:00'],
])('No such day or time: %j is understood as %j', (phrase, meant) => {
  expect(understood(phrase)).toBe(meant);
});

test.each([
  ['14h30', '14:30'],
  ['17h', '17:00'],
  ['1430 hours', '14:30'],
  ['0900', '09:00'],
  ['15:30 Uhr', '15:30'],
  ['2.30 pm', '14:30'],
  ['3 p.m.', '15:00'],
  ['nineteen thirty', '19:30'],
  ['eleven hundred hours', '11:00'],
  ['half past two', '14:30'],
  ['half three', '15:30'],
  ['quarter to nine', '08:45'],
  ['quarter past noon', '12:15'],
  ['twenty to three', '14:40'],
  ['five past two', '14:05'],
  ['half past three in the morning', '03:30'],
  ['9 at night', '21:00'],
  ['tonight at 8', '2026-11-20 20:00'],
  ['this morning at 11', '2026-11-20 11:00'],
  ['noon tomorrow', '2026-11-21 12:00'],
  ['noon', '12:00'],
  ['midnight', '00:00'],
  [
    'midnight on Friday',
    '00:00 ? I count midnight as the start of a day. 2026-11-27 or 2026-11-28',
  ],
  ['midnight tonight', '2026-11-21 00:00'],
  ['24:00 on Friday', '2026-11-28 00:00'],
  ['12:30 am', '00:30'],
  ['around 5ish', '17:00'],
  ['in an hour and a half', '2026-11-20 11:30'],
  ['seven', '07:00'],
  ['6', '18:00'],
  ['9 in the morning or 3 in the afternoon', '? 09:00 or 15:00'],
])('Times: %j is understood as %j', (phrase, meant) => {
  expect(understood(phrase)).toBe(meant);
});

test.each([
  ['between 2 and 4', '[14–15]'],
  ['2-4', '[14–15]'],
  ['9am-11am', '[09–10]'],
  ['8 to 10 pm', '[20–21]'],
  ['after 5pm', '[17–23]'],
  ['no later than 4', '[00–16]'],
  ['not before 10 and not after 4', '[10–16]'],
  ['from 9', '[09–23]'],
  ['before noon', '[00–11]'],
  ['Tuesday to Thursday', '[11-24–11-26]'],
  ['Mon-Wed', '[11-23–11-25]'],
  ['23-25 November', '[11-23–11-25]'],
  ['the 23rd to the 25th', '[11-23–11-25]'],
  ['not later than Friday', '[11-20–11-27]'],
  ['any time after 3 on Thursday', '2026-11-26 [15–23]'],
  ['Saturday morning', '2026-11-21 [00–11]'],
  ['Monday or Tuesday but not before 11', '? 2026-11-23 or 2026-11-24 [11–23]'],
  ['3.12. - 5.12.', '[12-03–12-05]'],
  ['3.-5.12.', '[12-03–12-05]'],
  ['3.12.2026 - 5.12.2026', '[12-03–12-05]'],
  ['before 9 or after 5', '[00–08, 17–23]'],
  ['first week of December', '[12-01–12-07]'],
  ['weekday mornings', '[11-20, 11-23–11-27, 11-30–12-04, 12-07–12-10] [00–11]'],
])('Ranges: %j is understood as %j', (phrase, meant) => {
  expect(understood(phrase)).toBe(meant);
});

test.each([
  ['not Monday', '[11-20–11-22, 11-24–11-29, 12-01–12-06, 12-08–12-10]'],
  ['no Mondays', '[11-20–11-22, 11-24–11-29, 12-01–12-06, 12-08–12-10]'],
  ["I can't do Monday", '[11-20–11-22, 11-24–11-29, 12-01–12-06, 12-08–12-10]'],
  ["Monday doesn't work", '[11-20–11-22, 11-24–11-29, 12-01–12-06, 12-08–12-10]'],
  ['neither Monday nor Tuesday', '[11-20–11-22, 11-25–11-29, 12-02–12-06, 12-09–12-10]'],
  ['not Monday or Tuesday', '[11-20–11-22, 11-25–11-29, 12-02–12-06, 12-09–12-10]'],
  ['any day but Friday', '[11-21–11-26, 11-28–12-03, 12-05–12-10]'],
  ['any day next week but Friday', '[11-23–11-26, 11-28–11-29]'],
  ['every day except weekends', '[11-20, 11-23–11-27, 11-30–12-04, 12-07–12-10]'],
  ["I'm away next week", '[11-20–11-22, 11-30–12-10]'],
  ['anything except mornings', '[12–23]'],
  ['anything but Friday afternoon', '[11-21–11-26, 11-28–12-03, 12-05–12-10]'],
  ['I work Monday to Friday', '[11-20–11-22, 11-28–12-10]'],
  ['Monday to Wednesday is impossible', '[11-20–11-22, 11-26–12-10]'],
  ['not between 12 and 2', '[00–11, 15–23]'],
  ["I'm away from Monday to Wednesday", '[11-20–11-22, 11-26–12-10]'],
  ['not at 3', '[00–14, 16–23]'],
])('Exclusions: %j is understood as %j', (phrase, meant) => {
  expect(understood(phrase)).toBe(meant);
});

test.each([
  ['Monday, no wait, Tuesday', '2026-11-24'],
  ['on Monday - no, wait - Tuesday', '2026-11-24'],
  ['Monday. Sorry, Tuesday.', '2026-11-24'],
  ['Monday... scratch that, Tuesday', '2026-11-24'],
  ['Wednesday or rather Thursday', '2026-11-26'],
  ['Tuesday, not Monday', '2026-11-24'],
  ['not Monday but Tuesday at 3', '2026-11-24 15:00'],
  ["I can't do Monday, how about Tuesday?", '2026-11-24'],
  ['Monday 3pm. No wait, Tuesday', '2026-11-24 15:00'],
  ['Tues 3pm no 4pm', '2026-11-24 16:00'],
  ['at 10, no wait, at 11, no, 12', '12:00'],
  ['Wednesday at 3, no, Thursday at 4', '2026-11-26 16:00'],
  ['Monday the 23rd, sorry, the 24th', '2026-11-24'],
  ['the 3rd, I mean the 4th', '2026-12-04'],
  ['Friday, no wait, not Friday, Thursday', '2026-11-26'],
  ['Wednesday instead of Tuesday', '2026-11-25'],
  ['change it from Monday to Tuesday', '2026-11-24'],
  ['actually no, not Monday', '[11-20–11-22, 11-24–11-29, 12-01–12-06, 12-08–12-10]'],
  ['would it work on Monday?', '2026-11-23'],
  ['Monday and Tuesday', '? I heard more than one day. 2026-11-23 or 2026-11-24'],
])('Corrections: %j is understood as %j', (phrase, meant) => {
  expect(understood(phrase)).toBe(meant);
});

const NOT_TUESDAY = '[11-20–11-23, 11-25–11-30, 12-02–12-07, 12-09–12-10]';

test.each([
  ['tomoz 3pm', '2026-11-21 15:00'],
  ['2mro', '2026-11-21'],
  ['Sat & Sun', '? I heard more than one day. 2026-11-21 or 2026-11-22'],
  ['Tues pm', '2026-11-24 [12–16]'],
  ['tuesday morn', '2026-11-24 [00–11]'],
  ['Tuesday am I free?', '2026-11-24'],
  ['before work on Tues', '2026-11-24 [00–08]'],
  ['9:30a', '09:30'],
  ['am 7.12. um 15 Uhr 30', '2026-12-07 15:30'],
  ['between 5 and 7', '[17–18]'],
  ['09-11 on Tuesday', '2026-11-24 [09–10]'],
  ['９：３０', '09:30'],
  ['2\u20114', '[14–15]'],
  ['3\u00a0pm on Tu\u00adesday', '2026-11-24 15:00'],
  ['tues at 930', '2026-11-24 09:30'],
  ['threeish', '15:00'],
  ['1/2 past 2', '14:30'],
  ['quarter til 4', '15:45'],
  ['ten past', '? Past which hour?'],
  ['3pm, no, make that half past', '? Past which hour?'],
  ['9, 10 or 11', '? 09:00 or 10:00 or 11:00'],
  ['nine, ten or eleven', '? 09:00 or 10:00 or 11:00'],
  ['9, 10, 11', ''],
  ['3 or 4pm', '? 15:00 or 16:00'],
  ['3/4pm', '? 15:00 or 16:00'],
  ['3 til 4', '[15]'],
  ['2.30-4', '[15]'],
  ['3pm latest', '[00–15]'],
  ['earliest 3pm', '[15–23]'],
  ['Tuesday afternoon before 4', '2026-11-24 [12–15]'],
  ['mornings after 10', '[10–11]'],
  ['not before 10 in the morning', '[10–23]'],
  ['3 is too early', '[16–23]'],
  ['3 is too late', '[00–14]'],
  ['I finish work at 5', '[17–23]'],
  ['2026-12-07T15:00:00Z', '2026-12-07 ? My times are local to us. 15:00'],
  ['24.12 at 3', '2026-12-24 15:00'],
  ['07-12-26', '2026-12-07'],
  ['7th July 1995', '1995-07-07'],
  ['7/7/1995', '1995-07-07'],
  ['w/c 7 Dec', '[12-07–12-10]'],
  ['week beginning Monday 30 November', '[11-30–12-06]'],
  ['first half of December', '[12-01–12-10]'],
  ['the day before Christmas', '2026-12-24'],
  ['Easter Monday', '? Please tell me its date.'],
  ['the 28th of December, no, the 29th', '2026-12-29'],
  ['the 28th or 29th of December', '? 2026-12-28 or 2026-12-29'],
  ['Dec 28 or 29', '? 2026-12-28 or 2026-12-29'],
  ['the 30th of November or the 1st', '? 2026-11-30 or 2026-12-01'],
  ['24 November, no, 25', '2026-11-25'],
  ['8th-10th', '[12-08–12-10]'],
  ['24-26/11', '[11-24–11-26]'],
  ['24, 25 or 26 November', '? 2026-11-24 or 2026-11-25 or 2026-11-26'],
  ['24/26 Nov', '? 2026-11-24 or 2026-11-26'],
  ['10:00-12:00', '[10–11]'],
  ['in 2 wks', '2026-12-04'],
  ['in 2027', ''],
  ['weekend after next', '[11-28–11-29, 12-05–12-06]'],
])('As people type: %j is understood as %j', (phrase, meant) => {
  expect(understood(phrase)).toBe(meant);
});

test.each([
  ['I am not free on Tuesday', NOT_TUESDAY],
  ["I'm not available Tuesday", NOT_TUESDAY],
  ["I'm not able to come on Tuesday", NOT_TUESDAY],
  ["I've got work Tuesday", NOT_TUESDAY],
  ["I'm busy all day Tuesday", NOT_TUESDAY],
  ["Tuesday's no good", NOT_TUESDAY],
  ['Tuesday wont work', NOT_TUESDAY],
  ['Tuesday, no thanks', NOT_TUESDAY],
  ['any day bar Tuesday', NOT_TUESDAY],
  ['any day apart from Tuesday', NOT_TUESDAY],
  ["isn't Tuesday free?", '2026-11-24'],
  ["I'm on holiday next week", '[11-20–11-22, 11-30–12-10]'],
  ['away until Wednesday', '[11-25–12-10]'],
  ['I work until 3', '[15–23]'],
  ["I'm free until 3", '[00–14]'],
  ["I'm back on Wednesday", '[11-25–12-10]'],
  ['can I come back on Wednesday?', '2026-11-25'],
  ['I want a blood test done on Tuesday', '2026-11-24'],
  ['the earliest appointment on Tuesday', '2026-11-24'],
  ['any day after Tuesday', '[11-25–12-10]'],
  ["I'm away from Tuesday", '[11-20–11-23]'],
  ['not 3, 4', '16:00'],
  ['is 4 too late?', '16:00'],
  ['do you not have Tuesday?', '2026-11-24'],
  ['why not Tuesday?', '2026-11-24'],
])('Absences: %j is understood as %j', (phrase, meant) => {
  expect(understood(phrase)).toBe(meant);
});

test.each([
  'monday ',
  '3.12. ',
  'the 3rd ',
  '23-25 november ',
  'any day but monday ',
  'not on the ',
  'between 2 and 4 ',
  '12:30 ',
  'next week ',
  'in an hour and a half ',
  'mon-',
  '9, ',
  '1 ',
])('a long message of %j takes time in proportion to its length', (words) => {
  /** CPU time in milliseconds to read `parts` messages of this length: not the time that other processes had in between. */
  const read = (parts: number, length: number) => {
    const text = plain(words.repeat(length / words.length));
    const start = process.cpuUsage();
    for (let part = 0; part < parts; part += 1) readWhen(text, NOW, true);
    return process.cpuUsage(start).user / 1_000;
  };
  const many = plain(words.repeat(500));
  expect(scan(many, dayRules(wallClock(NOW)))[0].length).toBeLessThanOrEqual(16);
  const usual = (parts: number, length: number) =>
    median(Array.from({ length: 5 }, () => read(parts, length)));
  // In proportion, one message takes as long as its eight parts; in its square, eight times as long.
  expect(usual(1, 8_000)).toBeLessThan(4 * usual(8, 1_000) + 10);
});
