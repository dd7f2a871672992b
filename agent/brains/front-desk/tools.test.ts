// The front desk's tools at the desk: what they ask of it, and what they say while it is away.
import { initializeLogger, llm } from '@livekit/agents';
import { beforeAll, expect, test } from 'vitest';
import { MemoryDesk } from '@/lib/testing/memory-desk';
import { callDesk } from '../testing/desk';
import { play } from '../testing/play';
import { NOW, practice } from '../testing/practice';
import { StillCall } from '../testing/talk';
import { deskTools } from './tools';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

const FRIDAY = { day: '2026-11-27', time: '14:30' };

/** The tools of a call, to be run by name. */
function toolsAt(desk: MemoryDesk) {
  const tools = new llm.ToolContext(deskTools(new StillCall(NOW), practice, desk));
  return (name: string, args: object) =>
    tools.getFunctionTool(name)?.execute(args, {} as llm.ToolOptions);
}

test('whom nobody asked for is seen by whoever is free, and somebody is told when nobody is', async () => {
  const use = toolsAt(new MemoryDesk());
  const book = (name: string) => use('bookAppointment', { ...FRIDAY, name });
  expect(await book('Ann')).toMatchObject({ booked: true, person: 'Doctor Lee', time: '14:30' });
  expect(await book('Ben')).toMatchObject({ booked: true, person: 'Doctor Osei' });
  expect(await book('Cleo')).toMatchObject({
    booked: false,
    free: [{ time: '14:00' }, { time: '14:15' }, { time: '14:45' }],
  });
});

test('asked again, as after an interruption, it is the same appointment', async () => {
  const desk = new MemoryDesk();
  const use = toolsAt(desk);
  const first = await use('bookAppointment', { ...FRIDAY, name: 'Ann' });
  expect(await use('bookAppointment', { ...FRIDAY, name: 'Ann' })).toEqual(first);
  expect(await desk.bookings()).toHaveLength(1);
});

test('a time outside the hours is not booked, whoever is asked for', async () => {
  const use = toolsAt(new MemoryDesk());
  for (const [day, time] of [
    ['2026-11-27', '17:00'],
    ['2026-11-22', '10:00'],
    ['2026-11-20', '10:00'],
  ]) {
    expect(await use('bookAppointment', { day, time, name: 'Ann' })).toMatchObject({
      booked: false,
    });
  }
});

test('an appointment is found by its full name and day, and of several none is told', async () => {
  const use = toolsAt(new MemoryDesk());
  const find = (name: string, more = {}) =>
    use('findAppointment', { name, day: FRIDAY.day, ...more });
  await use('bookAppointment', { ...FRIDAY, name: 'Anna Smith' });
  await use('bookAppointment', { ...FRIDAY, time: '10:00', name: 'Ben' });
  const [booked] = [await find('anna SMITH')];
  expect(booked).toMatchObject({
    found: 1,
    appointment: { day: FRIDAY.day, time: '14:30', name: 'Anna Smith', person: 'Doctor Lee' },
  });
  for (const [name, more] of [
    ['Anna', {}],
    ['Smith', {}],
    ['Ann Smith', {}],
    ['Ben', {}],
    ['Anna Smith', { day: '2026-11-26' }],
    ['Anna Smith', { time: '14:15' }],
  ] as const) {
    expect(await find(name, more), name).toEqual({ found: 0 });
  }
  await use('bookAppointment', { ...FRIDAY, time: '16:00', name: 'Anna Smith' });
  expect(await find('Anna Smith')).toEqual({ found: 2 });
  expect(await find('Anna Smith', { time: '16:00' })).toMatchObject({
    appointment: { time: '16:00' },
  });
});

test('one that is over is not found', async () => {
  const desk = new MemoryDesk();
  const wish = { minutes: 15, service: 'blood test', name: 'Anna Smith', zone: 'UTC' };
  const held = { ...wish, people: ['Nurse Patel'], day: '2026-11-20' };
  await desk.book({ ...held, minute: 540 });
  const use = toolsAt(desk);
  const find = () => use('findAppointment', { name: 'Anna Smith', day: '2026-11-20' });
  expect(await find()).toEqual({ found: 0 });
  await desk.book({ ...held, minute: 660 });
  expect(await find()).toMatchObject({ found: 1, appointment: { time: '11:00' } });
});

test('while the diary is away a model is told so, and a message can still be left', async () => {
  const desk = new MemoryDesk();
  desk.away = true;
  const use = toolsAt(desk);
  for (const [name, args] of [
    ['findFreeTimes', { day: FRIDAY.day }],
    ['bookAppointment', { ...FRIDAY, name: 'Ann' }],
    ['findAppointment', { day: FRIDAY.day, name: 'Ann Lee' }],
    ['cancelAppointment', { reference: 'x' }],
  ] as const) {
    await expect(use(name, args)).rejects.toThrow(/cannot be reached.*offer to take a message/);
  }
  const told = await use('takeMessage', { text: 'Call me back', from: 'Ann' });
  expect(told).toEqual({ taken: true, reference: desk.messages[0]?.reference });
});

test('Ada says in one sentence that the diary is away, and takes a message', async () => {
  const desk = new MemoryDesk();
  desk.away = true;
  const talk = await play(
    [
      ["I'd like to book for Friday", "can't reach the diary", 'message'],
      ['Yes please', 'What is the message'],
      ['I need to see Doctor Lee on Friday', 'from'],
      ['Ann', 'number'],
      ['555 0199', 'Shall I pass it on?'],
      ['yes', '!diary'],
    ],
    callDesk(desk),
  );
  expect(talk.used.at(-1)?.name).toBe('takeMessage');
  expect(desk.messages).toMatchObject([{ from: 'Ann', phone: '555 0199' }]);
});
