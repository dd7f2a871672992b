// Ada, the receptionist of a practice: her facts, her tools, and the agents she hands callers to.
import { z } from 'zod';
import { callJob } from '@/agent/call/job';
import type { CallHandle } from '@/agent/core/agent-definition';
import {
  type Appointment,
  book,
  bookedIn,
  cancel,
  freeDays,
  freeTimes,
} from '@/agent/practice/diary';
import {
  ADDRESS,
  CLOSED,
  openOn,
  PRACTICE_WORDS,
  prices,
  SERVICE_WORDS,
  SERVICES,
} from '@/agent/practice/practice';
import type { Question } from '@/agent/scripted/declaration';
import { day, personName, time } from '@/agent/scripted/fields';
import { list, sentence } from '@/agent/scripted/phrases';
import { scriptedAgent, takeMessage, tool } from '@/agent/scripted/scripted-agent';
import { dayFrom, onDay, sayTime, timeOf, weekdayOf } from '@/agent/scripted/when';

const WEEK =
  "We're open Monday to Thursday from half past eight to six o'clock, Friday to five, and Saturday from nine to noon.";

function hours({ day: asked, text, now }: Question): string {
  const on = asked ?? (/\b(?:now|still)\b/.test(text) ? dayFrom(now) : undefined);
  if (!on) return WEEK;
  const [from, to] = openOn(on) ?? [];
  if (!from || !to) return `We are closed ${onDay(on, now)}${CLOSED[on] ? `, ${CLOSED[on]}` : ''}.`;
  const opens = sayTime(from).replace(" o'clock", '');
  return `We are open ${onDay(on, now)} from ${opens} to ${sayTime(to)}.`;
}

const bookedHere = (call: CallHandle) => bookedIn(call).at(-1);

const said = ({ service, day: on, time: at }: Appointment, call: CallHandle) =>
  `${service} ${onDay(on, call.now())} at ${sayTime(at)}`;

const needs = SERVICES.flatMap((one) => [
  `need a ${one}`,
  `like a ${one}`,
  `want a ${one}`,
  `get a ${one}`,
  `have a ${one}`,
]);

export const frontDesk = scriptedAgent({
  name: 'front-desk',
  person: 'Ada',
  role: 'front desk',
  summary: 'Opening hours, appointments, messages',
  voice: 'slt',
  deployments: ['production', 'staging'],
  handOff: 'same',
  outcomes: {
    appointment: { label: { en: 'appointment booked', de: 'Termin vereinbart' }, tone: 'good' },
  },
  greeting: 'Willow Street Practice, this is Ada. How can I help?',
  introduction: 'This is Ada, at the front desk.',
  instructions: [
    'You are Ada, the receptionist of Willow Street Practice, on the telephone. You are warm, competent and brief.',
    'For an appointment you need day, time and name. Call currentTime before you speak of days, and freeTimes before you offer times.',
    WEEK,
    ...Object.entries(CLOSED).map(([on, why]) => `Closed on ${on}, ${why}.`),
    prices(),
  ].join('\n'),
  help: 'I can tell you our opening hours, our address and prices, book an appointment, or take a message.',
  facts: {
    'open, opening, opened, close, closed, closing, hours, shut': hours,
    'how much, price, cost, fee, charge': prices,
    "address, where are you, where is, where's, located, location, find you, which street, what street, dress": `Our address is ${ADDRESS}. We are next to the library.`,
    'parking, park, car, get there, directions': 'There is parking behind the building.',
    'phone number, telephone number, your number, call you, reach you':
      'Our number is 5 5 5, 0 1 4 2.',
    'how long': 'An appointment takes up to 30 minutes.',
    'services, what do you do, do you offer, do you do, do you give': `We offer ${list(SERVICES.map((one) => `a ${one}`))}.`,
    'doctors, who works, the nurse':
      'Our doctors are Doctor Lee and Doctor Osei, and our nurse is Nurse Patel.',
    'is my appointment, have an appointment, my next appointment': ({ call }) => {
      const last = bookedHere(call);
      return last ? `You have a ${said(last, call)}.` : "I can't look up earlier appointments.";
    },
    'what time is it, what day is it, the date': ({ now }) =>
      `It is ${sayTime(timeOf(now))}, ${sentence(weekdayOf(dayFrom(now)))}.`,
    'headache, fever, cough, rash, sick, sore throat, unwell, hurt, in pain, broke my, infection':
      'I am sorry to hear that. I can book an appointment for you.',
  },
  tools: {
    takeMessage,
    cancelAppointment: tool({
      description: 'Cancels the appointment that was booked last in this call.',
      label: 'Asked the diary to cancel',
      asks: 'cancel, call off',
      parameters: z.object({}),
      confirm(_, call) {
        const last = bookedHere(call);
        return last && `You want to cancel your ${said(last, call)}.`;
      },
      run(_, call) {
        const last = bookedHere(call);
        if (!last) return { say: 'I can cancel only what was booked in this call.', offer: true };
        cancel(call, last);
        return `Your ${last.service} ${onDay(last.day, call.now())} is cancelled.`;
      },
    }),
    freeTimes: tool({
      description: 'Tells the times of a day that are free for an appointment.',
      label: 'Looked for free times',
      parameters: z.object({ day: day() }),
      run: ({ day: on }, call) => list(freeTimes(on, call)) || 'There are none.',
    }),
    bookAppointment: tool({
      description: 'Books an appointment.',
      label: 'Asked the diary to book',
      asks: `book, make * appointment, schedule an appointment, arrange an appointment, need * appointment, like * appointment, want an appointment, get * appointment, can i have * appointment, could i have * appointment, see a doctor, see the nurse, see someone, come in, fit me in, anything free, something free, ${needs}`,
      parameters: z.object({
        service: z.enum(SERVICES).default(SERVICES[0]),
        day: day().describe('What day would you like?'),
        time: time().describe('What time would you like?'),
        name: personName().describe('What name shall I put it under?'),
      }),
      offers: {
        day: (_, call) => freeDays(call),
        time: ({ day: on = '' }, call) => freeTimes(on, call),
      },
      confirm: ({ service, day: on, time: at, name }) =>
        `A ${service} for ${name}, ${on} at ${at}.`,
      run({ service, day: on, time: at, name }, call) {
        const booked =
          freeTimes(on, call).includes(at) && book(call, { service, day: on, time: at, name });
        if (!booked) return { say: `I'm sorry, ${sayTime(at)} is not free.`, retry: 'time' };
        call.outcome('appointment', name);
        return `It is booked: ${onDay(on, call.now())} at ${sayTime(at)}, for ${name}.`;
      },
    }),
  },
  handoffs: {
    billing:
      'my bill, the bill, a bill, bills, billing, invoice, payment, refund, receipt, pay, overcharged, charged twice, i owe, accounts, talk to building, speak to building',
    'line-check':
      'check the line, check my line, test the line, test my microphone, check my microphone',
  },
  outOfScope: {
    'change my appointment, move my appointment, reschedule':
      'I cannot move an appointment. I can cancel what we booked in this call, and book another time.',
    'test results, results back, results yet, results ready, my results, lab results':
      "I can't see results from here.",
    'ibuprofen, aspirin, paracetamol, antibiotic, pills, tablets, dose, dosage, side effects, medication, medicine, prescription, should i take, diagnosis':
      "I can't give medical advice.",
    'complain, complaint, unacceptable, terrible, awful, rude, ridiculous, furious, nobody helped, nobody came, had to wait, waited, kept me waiting, not happy with':
      "I'm sorry about that. I can't put it right myself.",
  },
  emergencies: {
    "chest pain, chest hurts, pain in my chest, pains in my chest, can't breathe, cannot breathe, can not breathe, can't really breathe, can't breath, breathe properly, not breathing, trouble breathing, heart attack, stroke, unconscious, passed out, collapsed, choking, seizure, overdose, poisoned, bleeding badly, bleeding heavily, stop bleeding, kill myself, suicide, want to die, ambulance, emergency":
      'If this is an emergency, please hang up and call 9 1 1 now.',
  },
  vocabulary: PRACTICE_WORDS,
  soundsLike: {
    appointment:
      'appt, appmt, appoinment, apartment, acquaintment, pointment, point meant, point ment, point men, apointment, appoint ment, appoint meant, avoidment, avoid meant, avoid mint',
    invoice: 'in voice, in voices',
    ...SERVICE_WORDS,
  },
});

export default callJob(frontDesk);
