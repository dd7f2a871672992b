// A time zone as iCalendar wants it (RFC 5545, 3.6.5): every zone that a file names has to be in it.
// Made from what this machine knows of the zone, for the years that are needed. Pure.
import { DateTime } from 'luxon';

/** How many days two changes of a clock are apart at least: no zone changes twice a week. */
const STEP_DAYS = 7;

const offsetAt = (at: number, zone: string) => DateTime.fromMillis(at, { zone }).offset;

/** When the zone's clock changes between two moments, milliseconds since 1970. */
function changesIn(zone: string, from: number, to: number): number[] {
  const step = STEP_DAYS * 86_400_000;
  const found: number[] = [];
  for (let at = from; at < to; at += step) {
    let [before, after] = [at, Math.min(at + step, to)];
    if (offsetAt(before, zone) === offsetAt(after, zone)) continue;
    // To the minute: clocks change on one.
    while (after - before > 60_000) {
      const middle = before + Math.floor((after - before) / 120_000) * 60_000;
      if (offsetAt(middle, zone) === offsetAt(before, zone)) before = middle;
      else after = middle;
    }
    found.push(after);
  }
  return found;
}

/** "+0530" of minutes east of Greenwich. */
function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  const parts = [Math.floor(size / 60), size % 60].map((part) => String(part).padStart(2, '0'));
  return `${minutes < 0 ? '-' : '+'}${parts.join('')}`;
}

/** What the clock does from one moment on. */
function rule(zone: string, at: number, before: number): string[] {
  const since = DateTime.fromMillis(at, { zone });
  const kind = since.isInDST ? 'DAYLIGHT' : 'STANDARD';
  // The moment as the clock showed it before it was changed.
  const onset = DateTime.fromMillis(at, { zone: 'utc' }).plus({ minutes: before });
  return [
    `BEGIN:${kind}`,
    `DTSTART:${onset.toFormat("yyyyLLdd'T'HHmmss")}`,
    `TZOFFSETFROM:${offsetText(before)}`,
    `TZOFFSETTO:${offsetText(since.offset)}`,
    `TZNAME:${since.offsetNameShort ?? offsetText(since.offset)}`,
    `END:${kind}`,
  ];
}

/**
 * The component of a zone for these years and what lies between them.
 * @param zone IANA name
 */
export function timeZoneComponent(zone: string, firstYear: number, lastYear: number): string {
  const from = Date.UTC(firstYear - 1, 0, 1);
  const changes = changesIn(zone, from, Date.UTC(lastYear + 1, 11, 31));
  const rules = [
    rule(zone, from, offsetAt(from, zone)),
    ...changes.map((at) => rule(zone, at, offsetAt(at - 60_000, zone))),
  ];
  return ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...rules.flat(), 'END:VTIMEZONE'].join('\r\n');
}
