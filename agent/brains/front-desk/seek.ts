// Finds an appointment that was made in an earlier call, to cancel or move it: asks for the full name it is
// under and its day, and goes on with it as with one of this call. The same in every language; the words
// are each one's own.
import { isFullName, isSameName } from '@/lib/bookings/same-name';
import { EMPTY } from './booking-fill';
import { fromTime, toTime } from './calendar';
import { foundResult } from './desk-tools';
import type { Reading, When } from './intents';
import {
  type Asked,
  type BookingForm,
  type Made,
  reply,
  type SeekForm,
  type State,
  type Step,
  type World,
} from './state';

/** What one language has of its own. */
export interface SeekWords {
  /** Begins the new time in "move it from Tuesday to Thursday"; global. */
  readonly onto: RegExp;
  /** What stands before it, where it does begin a new time. */
  readonly moves: RegExp;
  /** Asks for a new appointment while an old one is looked for. */
  readonly anew: RegExp;
  readonly whatName: string;
  readonly firstAndLast: string;
  readonly whatDay: string;
  readonly whatTime: string;
  readonly shallCancel: string;
  readonly whatDayRather: string;
  /** It cannot be found without what was asked for. */
  readonly cannot: string;
  readonly unclear: string;
  readonly offerMessage: string;
  readonly offerAgain: string;
  readonly leave: readonly [string, string];
  several(form: SeekForm, world: World): string;
  notFound(form: SeekForm, world: World): string;
  found(made: Made, world: World): string;
  /** The same in short, where the one in its place is read back next. */
  atHand(made: Made, world: World): string;
  read(heard: string, world: World, bare: boolean): Reading;
  answeredName(heard: string): string | undefined;
  offeredMessage(state: State): Step;
  deskFailed(state: State): Step;
  proceed(state: State, form: BookingForm, world: World, ...first: string[]): Step;
}

/** What looks for appointments, in one language. */
export interface Seeking {
  start(state: State, reading: Reading, world: World, to: SeekForm['to'], first?: string): Step;
  /** Takes an answer; undefined where the utterance said nothing to it. */
  handle(state: State, form: SeekForm, reading: Reading): Step | undefined;
  /** What the diary has found. */
  told(state: State, form: SeekForm, output: unknown, world: World): Step;
  /** Whether something else is wanted now. */
  leaves(reading: Reading): boolean;
}

const names = ({ day, from, at, after, before }: When) =>
  (day ?? from ?? at ?? after ?? before) !== undefined;
const NAME_ASKED: readonly Asked[] = ['seekName', 'seekAgain'];

/** Whether who cancels speaks of another appointment than the one at hand: of another day or name. */
export function isAnother({ day, name }: Made, { when, name: named }: Reading): boolean {
  const other = named !== undefined && isFullName(named) && !isSameName(named, name);
  return other || (when.day !== undefined && when.day !== day);
}

/** See the head of this file. */
export function seeking(words: SeekWords): Seeking {
  /** Which day it is on, and where it is to be moved to, of one utterance. */
  function daysIn(heard: string, when: When, world: World): { said: When; wish: When } {
    for (const { index, 0: onto } of heard.matchAll(words.onto)) {
      const [before, after] = [heard.slice(0, index), heard.slice(index + onto.length)];
      if (!words.moves.test(before)) continue;
      const wish = [false, true].map((bare) => words.read(after, world, bare).when).find(names);
      if (wish) return { said: words.read(before, world, false).when, wish };
    }
    return { said: when, wish: {} };
  }

  /** The next thing to ask, or to look for. */
  function next(before: State, form: SeekForm, first: readonly string[] = []): Step {
    const state = { ...before, form };
    const { name, day, at } = form;
    if (name === undefined) return reply(state, 'seekName', ...first, words.whatName);
    if (day === undefined) return reply(state, 'seekDay', ...first, words.whatDay);
    const time = at === undefined ? undefined : toTime(at);
    return { say: [], use: { name: 'findAppointment', args: { name, day, time } }, state };
  }

  const giveUp = (state: State, why: string) =>
    reply({ ...state, form: undefined }, 'offerMessage', why, words.offerMessage);

  function moveOn(state: State, { wish }: SeekForm, made: Made, world: World): Step {
    const { day, minute, person, service, name, reference: replaces } = made;
    const form = { ...EMPTY, person, service, name, replaces, wished: minute, dayBefore: day };
    if (!names(wish)) {
      return reply({ ...state, form }, 'day', words.found(made, world), words.whatDayRather);
    }
    const timed = (wish.at ?? wish.after ?? wish.before) !== undefined;
    // What is not to be changed stays: another time is on the same day, another day at the same time.
    const kept = timed ? (wish.from ? {} : { day }) : { at: minute };
    const wished = Object.entries(wish).filter(([, value]) => value !== undefined);
    const moved = { ...form, ...kept, ...Object.fromEntries(wished) };
    return words.proceed(state, moved, world, words.atHand(made, world));
  }

  return {
    start(state, reading, world, to, first) {
      const { said, wish } =
        to === 'change'
          ? daysIn(reading.heard, reading.when, world)
          : { said: reading.when, wish: {} };
      const name = [reading.name, state.caller].find((one) => one && isFullName(one));
      const form: SeekForm = { kind: 'seek', to, name, day: said.day, at: said.at, wish };
      return next(state, form, first === undefined ? [] : [first]);
    },

    handle(state, before, reading) {
      const { asked } = state;
      const { day, at } = reading.when;
      const to = reading.wants.includes('cancel') ? 'cancel' : before.to;
      const answered = NAME_ASKED.includes(asked)
        ? (words.answeredName(reading.heard) ??
          words.answeredName(reading.heard.split(',')[0] ?? ''))
        : undefined;
      const name = reading.name ?? answered;
      if (name !== undefined && !isFullName(name)) {
        return reply({ ...state, form: { ...before, to } }, 'seekName', words.firstAndLast);
      }
      const form: SeekForm = {
        ...before,
        to,
        name: name ?? before.name,
        day: day ?? before.day,
        // The time of another day's says nothing of this one.
        at: at ?? (day === undefined ? before.at : undefined),
      };
      if (name !== undefined || day !== undefined || at !== undefined) return next(state, form);
      if (asked === 'seekAgain') {
        if (reading.yes) return words.offeredMessage({ ...state, form: undefined });
        if (reading.no) return reply({ ...state, form: undefined }, 'more', ...words.leave);
      }
      if (reading.no) return giveUp(state, words.cannot);
      return to === before.to ? undefined : next(state, form);
    },

    told(state, form, output, world) {
      const { data } = foundResult.safeParse(output);
      if (!data) return words.deskFailed(state);
      if (data.appointment) {
        const { time, ...rest } = data.appointment;
        const made: Made = { ...rest, minute: fromTime(time) ?? 0, earlier: true };
        const caller = state.caller ?? made.name;
        const known = { ...state, form: undefined, made, caller };
        if (form.to === 'change') return moveOn(known, form, made, world);
        return reply(known, 'cancel', words.found(made, world), words.shallCancel);
      }
      if (data.found === 0) {
        return reply(state, 'seekAgain', words.notFound(form, world), words.offerAgain);
      }
      // Somebody else's could be taken for it.
      if (form.at !== undefined) return giveUp(state, words.unclear);
      return reply(state, 'seekTime', words.several(form, world), words.whatTime);
    },

    leaves: ({ wants, plain }) =>
      wants.includes('message') || (wants.includes('booking') && words.anew.test(plain)),
  };
}
