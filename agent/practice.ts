// The facts of the practice that Ada and Frank answer for. This is the file to edit: names, hours,
// services, people and prices here are all that they tell and book. Restart (or save, under
// `npm run dev`) to apply. German words for these facts stand in brains/front-desk/german/facts.ts.
import { definePractice } from './brains/front-desk/facts';

export const practice = definePractice({
  name: 'Willow Street Practice',
  // timeZone: 'Europe/London', // without it: the time zone of this machine
  address: '14 Willow Street, Brookfield',
  directions: 'We are next to the library, and there is parking behind the building.',
  phone: '555 0142',
  emergencyNumber: '911',
  hours: {
    monday: '08:30-18:00',
    tuesday: '08:30-18:00',
    wednesday: '08:30-18:00',
    thursday: '08:30-18:00',
    friday: '08:30-17:00',
    saturday: '09:00-12:00',
    sunday: 'closed',
  },
  closedOn: [
    { date: '2026-12-25', why: 'Christmas Day' },
    { date: '2027-01-01', why: "New Year's Day" },
  ],
  bookAheadDays: 90,
  // The first service is the one a caller gets who just asks for an appointment.
  services: [
    {
      name: "doctor's appointment",
      minutes: 15,
      words: ['see a doctor', 'see the doctor', 'consultation', 'general appointment'],
    },
    { name: 'blood test', minutes: 15, words: ['blood work', 'blood taken', 'blood'] },
    { name: 'vaccination', minutes: 15, words: ['vaccine', 'jab', 'flu shot', 'shot', 'booster'] },
    { name: 'health check', minutes: 30, words: ['check up', 'checkup', 'physical'] },
  ],
  people: [
    {
      name: 'Doctor Lee',
      role: 'doctor',
      days: ['monday', 'tuesday', 'thursday', 'friday'],
      services: ["doctor's appointment", 'health check'],
      soundsLike: ['li', 'leigh', 'lea', 'league'],
    },
    {
      name: 'Doctor Osei',
      role: 'doctor',
      days: ['monday', 'wednesday', 'friday', 'saturday'],
      services: ["doctor's appointment", 'health check'],
      soundsLike: ['osay', 'o say', 'oh say', 'or say', 'jose', 'ossay', 'oc', 'osi', 'oshay'],
    },
    {
      name: 'Nurse Patel',
      role: 'nurse',
      days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
      services: ['blood test', 'vaccination', 'health check'],
      soundsLike: ['patell', 'pattel', 'but tell', 'petal'],
    },
  ],
  billing: {
    // Each goes on from "You can pay".
    waysToPay: ['by card at the desk', 'by bank transfer', 'by check'],
    dueDays: 30,
    prices: {
      "doctor's appointment": '80 dollars',
      'blood test': '45 dollars',
      vaccination: '60 dollars',
      'health check': '120 dollars',
    },
    writeTo: 'the billing office at 14 Willow Street, Brookfield',
    refunds: 'A refund goes back the way you paid, within ten working days.',
    paymentPlan: 'You can pay a bill in three monthly parts.',
  },
});
