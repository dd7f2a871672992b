// What people read of the diary: its page, what stands of it under a call, and in calendars. English.
import type { Booking, Message } from '../bookings/booking';
import { timeOf } from '../bookings/days';

const count = (many: number, one: string) => `${many} ${one}${many === 1 ? '' : 's'}`;

/** "Friday 27 November 2026" of an ISO date. */
const longDay = (day: string) =>
  new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });

const until = ({ minute, minutes }: Booking) => `${timeOf(minute)}–${timeOf(minute + minutes)}`;

/** All texts. */
export const bookingsText = {
  title: 'Bookings',
  lead: 'The appointments that callers made, and the messages they left.',
  appointments: 'Appointments',
  none: 'No appointment.',
  day: (day: string, today: string) => (day === today ? `Today, ${longDay(day)}` : longDay(day)),
  on: longDay,
  count: (many: number, more: boolean) =>
    more ? `The first ${count(many, 'appointment')}` : count(many, 'appointment'),
  time: until,
  what: ({ service, person }: Booking) => `${service}, with ${person}`,
  cancelled: ({ cancelledBy }: Booking) =>
    cancelledBy === 'hand' ? 'cancelled by hand' : 'cancelled by the caller',
  call: 'The call',
  callOf: (who: string) => `The call in which ${who} was booked`,
  diary: 'In the diary',
  file: 'Calendar file',
  fileOf: (who: string) => `Calendar file of ${who}’s appointment`,
  cancel: {
    button: 'Cancel',
    buttonOf: (who: string) => `Cancel ${who}’s appointment`,
    ask: 'Cancel it? The time is free again. Nobody is told by itself.',
    yes: 'Cancel the appointment',
    no: 'Keep it',
    busy: 'Cancelling…',
    failed: 'It could not be cancelled',
  },
  messages: {
    title: 'Messages',
    none: 'No message.',
    latest: (many: number, more: boolean) =>
      more ? `The latest ${count(many, 'message')}` : count(many, 'message'),
    from: ({ from }: Message) => from ?? 'Without a name',
    to: (who: string) => `for ${who}`,
    phone: 'Call back on',
    callOf: (who: string) => `The call in which ${who} left it`,
    somebody: 'somebody',
  },
  phone: 'Phone',
  filter: {
    label: 'Filter',
    name: 'Name',
    deployment: 'Deployment',
    any: 'Any',
    from: 'From day',
    clear: 'Clear',
  },
  subscribe: {
    link: 'Subscribe in a calendar',
    hint: (deployment: string) =>
      `Your calendar program takes this address, and shows the diary of ${deployment} as it changes.`,
    private: (deployment: string) =>
      `Your calendar program takes an address of your own, and shows the diary of ${deployment} as it changes. Whoever has that address can read the diary, and do nothing else.`,
    make: 'Make an address',
    renew: 'Make a new one',
    remove: 'Take it back',
    once: 'Copy it now: it is shown this once. The one before has stopped, if there was one.',
    made: 'You have one. Made:',
    used: 'Last read:',
    unused: 'No calendar has read it yet.',
  },
  empty: {
    title: 'No appointment from today on',
    body: 'What callers book stands here by day, with the call it was booked in. Ask for an appointment at the front desk to see one.',
    start: 'Make a call',
  },
  nothing: {
    title: 'No appointment is like that',
    body: 'Change the filter, or show all that is to come.',
    all: 'Show all',
  },
  away: {
    title: 'The diary cannot be shown',
    again: 'Try again',
  },
  loading: 'Loading…',
  calendar: {
    name: (deployment: string) => `Callboard: diary of ${deployment}`,
    summary: ({ name, service, person }: Booking) => `${name}: ${service} with ${person}`,
    about: ({ reference, phone }: Booking) =>
      [phone && `Phone: ${phone}`, `Reference: ${reference}`].filter(Boolean).join('\n'),
  },
} as const;
