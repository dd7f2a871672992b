// Ada's function tools, the same for a language model and for the built-in brain. What a tool gets
// wrong from a model is told back in words, so that the model can mend it.
import { llm, log } from '@livekit/agents';
import { DateTime } from 'luxon';
import { DeskAway } from '@/lib/bookings/desk';
import type { CallHandle } from '../../agent-definition';
import { endCallTool } from '../end-call';
import { handOverTool } from '../hand-over';
import { addDays, type Clock, clockOf, daysBetween, fromTime, toTime, weekdayOf } from './calendar';
import {
  type BookingResult,
  type FoundResult,
  type FreeTimesResult,
  parameters,
} from './desk-tools';
import type { Person, Practice, Service } from './facts';
import { findPerson, findService, usualService } from './match';
import { freeOn, SEARCH_DAYS, search, type Wish } from './schedule';
import type { Offer } from './state';
import { plain } from './words';

/** Days of the calendar that a model is told, to count on. */
const CALENDAR_DAYS = 14;

/** What a model is told while the diary is away; the built-in brain has its own words. */
const AWAY =
  'The diary cannot be reached just now. Say so in one sentence, and offer to take a message.';

/** The diary's answer. @throws {llm.ToolError} where it cannot be reached */
async function reached<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof DeskAway)) throw error;
    log().warn({ error }, 'the diary cannot be reached');
    throw new llm.ToolError(AWAY);
  }
}

/** Takes a message, at the front desk and wherever else somebody can leave one. */
export function takeMessageTool(call: CallHandle, desk = call.desk): llm.ToolContextEntry {
  return llm.tool({
    name: 'takeMessage',
    description: 'Takes a message for the practice, once it was read back to the caller.',
    parameters: parameters.takeMessage,
    execute: async (args) => ({ taken: true, reference: desk.takeMessage(args) }),
  });
}

const shown = (offers: readonly Offer[]): FreeTimesResult['free'] =>
  offers.map(({ day, minute, person }) => ({ day, time: toTime(minute), person }));

/** The person and the service by the names a caller or model used. */
function named(
  practice: Practice,
  service?: string,
  person?: string,
): { service: Service; person?: Person } {
  const who = person ? findPerson(plain(person), person, practice).person : undefined;
  if (person && !who) {
    const names = practice.people.map(({ name }) => name).join(', ');
    throw new llm.ToolError(`There is no ${person}. There are: ${names}.`);
  }
  const what = service ? findService(plain(service), practice) : usualService(practice, who);
  if (!what) {
    const names = practice.services.map(({ name }) => name).join(', ');
    throw new llm.ToolError(`There is no service "${service}". There are: ${names}.`);
  }
  return { service: what, person: who };
}

/** Who gives that service and is in at that time, by the hours alone: the diary knows who is free. */
function inThen(practice: Practice, now: Clock, wish: Wish, minute: number): string[] {
  return practice.people
    .filter((person) => !wish.person || wish.person.name === person.name)
    .filter((person) =>
      freeOn(practice, [], now, { ...wish, person }, wish.day).some((one) => one.minute === minute),
    )
    .map(({ name }) => name);
}

/** The front desk's tools in that call. */
export function deskTools(
  call: CallHandle,
  practice: Practice,
  desk = call.desk,
): llm.ToolContextEntry[] {
  const clock = () => clockOf(call.now(), practice.timeZone);

  /** What the diary has free, as `search` looks for it. */
  async function free(wish: Wish): Promise<FreeTimesResult> {
    const now = clock();
    const from = daysBetween(now.day, wish.day) > 0 ? wish.day : now.day;
    const taken = await reached(desk.taken(from, addDays(from, SEARCH_DAYS)));
    const found = search(practice, taken, now, wish);
    return { exact: found.exact, free: shown(found.free) };
  }

  const currentTime = llm.tool({
    name: 'currentTime',
    description:
      'Tells the time and date now, and the dates of the next days. Call it before you speak of days.',
    parameters: parameters.currentTime,
    execute: async () => {
      const { day, minute } = clock();
      const days = Array.from({ length: CALENDAR_DAYS }, (_, i) => addDays(day, i));
      return {
        time: toTime(minute),
        today: day,
        days: days.map((one) => `${weekdayOf(one)} ${one}`),
      };
    },
  });

  const findFreeTimes = llm.tool({
    name: 'findFreeTimes',
    description:
      'Finds free times for an appointment, on or after a day. "exact" is false where the wish cannot be met; "free" then has the nearest.',
    parameters: parameters.findFreeTimes,
    execute: async (args): Promise<FreeTimesResult> => {
      const wish: Wish = {
        ...named(practice, args.service, args.person),
        day: args.day,
        at: args.at === undefined ? undefined : fromTime(args.at),
        after: args.after === undefined ? undefined : fromTime(args.after),
        before: args.before === undefined ? undefined : fromTime(args.before),
      };
      return free(wish);
    },
  });

  const findAppointment = llm.tool({
    name: 'findAppointment',
    description:
      'Finds an appointment that was booked in an earlier call, to cancel or move it. Ask for the full name and the day first; never guess them. "found" tells how many there are: where there are several, ask at what time it is.',
    parameters: parameters.findAppointment,
    execute: async ({ name, day, time }): Promise<FoundResult> => {
      const now = clock();
      const minute = time === undefined ? undefined : fromTime(time);
      const held = (await reached(desk.find(day, name))).filter(
        (one) =>
          // What is over cannot be cancelled.
          (one.day > now.day || (one.day === now.day && one.minute > now.minute)) &&
          (minute === undefined || one.minute === minute),
      );
      const [one, ...others] = held;
      if (!one || others.length > 0) return { found: held.length };
      const { reference, person, service } = one;
      const appointment = { reference, day, time: toTime(one.minute), person, service };
      return { found: 1, appointment: { ...appointment, name: one.name } };
    },
  });

  const bookAppointment = llm.tool({
    name: 'bookAppointment',
    description:
      'Books an appointment, once the caller has said yes to its day, time and name read back to them.',
    parameters: parameters.bookAppointment,
    execute: async (args): Promise<BookingResult> => {
      const minute = fromTime(args.time) ?? 0;
      const { day, name, phone, replaces } = args;
      const { service, person } = named(practice, args.service, args.person);
      const wish: Wish = { day, service, person };
      const { timeZone = DateTime.local().zoneName, address } = practice;
      const booked = await reached(
        desk.book({
          ...{ day, minute, minutes: service.minutes, service: service.name },
          ...{ person: person?.name, people: inThen(practice, clock(), wish, minute) },
          ...{ name, phone, replaces },
          ...{ zone: timeZone, place: `${practice.name}, ${address}` },
        }),
      );
      if (booked) {
        const { minute: at, ...appointment } = booked;
        return { booked: true, ...appointment, time: toTime(at) };
      }
      const { free: others } = await free({ ...wish, at: minute });
      return { booked: false, why: 'That time is not free.', free: others };
    },
  });

  const cancelAppointment = llm.tool({
    name: 'cancelAppointment',
    description:
      'Cancels an appointment that was booked in this call or found with findAppointment, by its reference, once the caller has said yes to it read back to them.',
    parameters: parameters.cancelAppointment,
    execute: async ({ reference }) => ({ cancelled: await reached(desk.cancel(reference)) }),
  });

  return [
    currentTime,
    findFreeTimes,
    findAppointment,
    bookAppointment,
    cancelAppointment,
    takeMessageTool(call, desk),
    handOverTool(call, 'front-desk'),
    endCallTool(call),
  ];
}
