// Calendar files, read back by the rules of RFC 5545.
import { DateTime } from 'luxon';
import { expect, it } from 'vitest';
import type { Booking } from '../booking';
import { calendarOf } from './calendar';

const booking = (more: Partial<Booking> = {}): Booking => ({
  ...{ id: 'b-1', reference: 'ref-1', deployment: 'production' },
  ...{ day: '2026-11-27', minute: 870, minutes: 15, service: 'blood test' },
  ...{ person: 'Nurse Patel', name: 'Sarah Jones', phone: '555 0199' },
  ...{ zone: 'America/New_York', place: 'Willow Street Practice, 14 Willow Street, Brookfield' },
  ...{ call: 'c-1', bookedAt: Date.UTC(2026, 10, 20, 15), changedAt: Date.UTC(2026, 7, 20, 16) },
  ...{ sequence: 0, cancelledAt: undefined, cancelledBy: undefined },
  ...more,
});

/** One property of a component: its parameters as they stand, and its value. */
interface Line {
  readonly name: string;
  readonly params: string;
  readonly value: string;
}
/** A component with its own lines and those within it. */
interface Part {
  readonly name: string;
  readonly lines: Line[];
  readonly parts: Part[];
}

const unescaped = (value: string) =>
  value.replaceAll(/\\([\\;,nN])/g, (_, one: string) => (one.toLowerCase() === 'n' ? '\n' : one));

function parse(file: string): Part {
  expect(file.endsWith('\r\n')).toBe(true);
  expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  const raw = file.slice(0, -2).split('\r\n');
  for (const line of raw) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  const root: Part = { name: '', lines: [], parts: [] };
  const open = [root];
  for (const line of file
    .slice(0, -2)
    .replaceAll(/\r\n[ \t]/g, '')
    .split('\r\n')) {
    const [, name = '', params = '', value = ''] =
      /^([A-Z-]+)((?:;[^:]*)?):(.*)$/s.exec(line) ?? [];
    expect(name, line).not.toBe('');
    if (name === 'BEGIN') {
      const part: Part = { name: value, lines: [], parts: [] };
      open.at(-1)?.parts.push(part);
      open.push(part);
    } else if (name === 'END') {
      expect(open.pop()?.name).toBe(value);
    } else open.at(-1)?.lines.push({ name, params, value });
  }
  expect(open).toEqual([root]);
  expect(root.parts).toHaveLength(1);
  return root.parts[0] as Part;
}
const of = (part: Part | undefined, name: string) =>
  part?.lines.filter((line) => line.name === name) ?? [];
const text = (part: Part | undefined, name: string) => unescaped(of(part, name)[0]?.value ?? '');
const events = (calendar: Part) => calendar.parts.filter(({ name }) => name === 'VEVENT');
const zones = (calendar: Part) => calendar.parts.filter(({ name }) => name === 'VTIMEZONE');

const minutes = (offset: string) =>
  (offset.startsWith('-') ? -1 : 1) *
  (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(3, 5)));

/** The offset that a file's own zone says a local time has. */
function offsetIn(zone: Part | undefined, local: string): number {
  const onsets = (zone?.parts ?? [])
    .map((rule) => [text(rule, 'DTSTART'), text(rule, 'TZOFFSETTO')] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const [, offset = ''] = onsets.filter(([onset]) => onset <= local).at(-1) ?? [];
  return minutes(offset);
}

it('says when, in the zone of the practice, who and what', () => {
  const calendar = parse(calendarOf([booking()], 'Diary'));
  expect(text(calendar, 'VERSION')).toBe('2.0');
  expect(text(calendar, 'METHOD')).toBe('PUBLISH');
  const [event] = events(calendar);
  expect(of(event, 'DTSTART')).toEqual([
    { name: 'DTSTART', params: ';TZID=America/New_York', value: '20261127T143000' },
  ]);
  expect(of(event, 'DTEND')[0]?.value).toBe('20261127T144500');
  for (const name of ['DTSTAMP', 'LAST-MODIFIED'])
    expect(text(event, name)).toBe('20260820T160000Z');
  expect(text(event, 'UID')).toBe('b-1@callboard');
  expect(text(event, 'SUMMARY')).toBe('Sarah Jones: blood test with Nurse Patel');
  expect(text(event, 'DESCRIPTION')).toBe('Phone: 555 0199\nReference: ref-1');
  expect(text(event, 'LOCATION')).toBe('Willow Street Practice, 14 Willow Street, Brookfield');
  expect(text(event, 'STATUS')).toBe('CONFIRMED');
});

it('folds and escapes whatever a name is made of', () => {
  const name = `${'Ünal-Łukasiewicz, 李小龍; \\ '.repeat(8)}\r\nBEGIN:VEVENT 👩‍⚕️`;
  const calendar = parse(calendarOf([booking({ name })], 'Diary'));
  expect(events(calendar)).toHaveLength(1);
  expect(text(events(calendar)[0], 'SUMMARY')).toBe(
    `${name.replace('\r\n', '\n')}: blood test with Nurse Patel`,
  );
});

it('tells calendars that it was moved or cancelled, and is the same each time', () => {
  const cancelled = booking({ sequence: 2, cancelledAt: 1, cancelledBy: 'hand' });
  const file = calendarOf([cancelled, booking({ id: 'b-2' })], 'Diary');
  const [first, second] = events(parse(file));
  expect([text(first, 'STATUS'), text(first, 'SEQUENCE')]).toEqual(['CANCELLED', '2']);
  expect([text(second, 'STATUS'), text(second, 'SEQUENCE')]).toEqual(['CONFIRMED', '0']);
  expect(calendarOf([cancelled, booking({ id: 'b-2' })], 'Diary')).toBe(file);
});

it('holds nothing where nothing is booked', () => {
  expect(parse(calendarOf([], 'Diary')).parts).toEqual([]);
});

it.each([
  'America/New_York',
  'Europe/London',
  'Europe/Dublin',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'America/Santiago',
  'UTC',
])('has the zone it names in it: %s', (zone) => {
  const days = Array.from({ length: 90 }, (_, i) =>
    DateTime.fromISO('2026-01-03').plus({ days: i * 12 }),
  );
  const all = days.map((at, i) => booking({ id: `b-${i}`, zone, day: at.toISODate() as string }));
  const calendar = parse(calendarOf(all, 'Diary'));
  const own = zones(calendar).find((one) => text(one, 'TZID') === zone);
  for (const [i, event] of events(calendar).entries()) {
    const [start] = of(event, 'DTSTART');
    const local = DateTime.fromISO(`${all[i]?.day}T14:30`, { zone });
    if (start?.value.endsWith('Z')) {
      expect(start.value).toBe(local.toUTC().toFormat("yyyyLLdd'T'HHmmss'Z'"));
      continue;
    }
    expect(start?.params).toBe(`;TZID=${zone}`);
    expect(start?.value).toBe(local.toFormat("yyyyLLdd'T'HHmmss"));
    expect(offsetIn(own, start?.value ?? '')).toBe(local.offset);
  }
});

it('has each zone in it where practices are in several', () => {
  const two = [booking(), booking({ id: 'b-2', zone: 'Europe/London' })];
  const calendar = parse(calendarOf(two, 'Diary'));
  expect(
    zones(calendar)
      .map((one) => text(one, 'TZID'))
      .sort(),
  ).toEqual(['America/New_York', 'Europe/London']);
});
