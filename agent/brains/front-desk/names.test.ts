import { expect, test } from 'vitest';
import { practice } from '../testing/practice';
import { findPerson, findService } from './match';
import { announcedName, answeredName, readPhone } from './names';
import { plain } from './words';

test.each([
  ['Sarah Jones', 'Sarah Jones'],
  ['Sarah Jones.', 'Sarah Jones'],
  ["It's Sarah.", 'Sarah'],
  ['um, my name is Ben Carter please', 'Ben Carter'],
  ['put it under jones', 'Jones'],
  ["I'm Zoë", 'Zoë'],
  ['Will Smith', 'Will Smith'],
  ['S A R A H', 'Sarah'],
  ['Jones, J O N E S', 'Jones'],
  ['John Smith and my number is 555 2929', 'John Smith'],
  ["O'Brien", "O'Brien"],
  ['Mr Brown', 'Mr Brown'],
  ['Then Carter.', 'Carter'],
  ["No, that's all.", undefined],
  ['You know.', undefined],
  ['yes', undefined],
  ['hmm', undefined],
  ['what do you mean', undefined],
  ['the second one please', undefined],
  ['on Friday', undefined],
])('asked for a name, "%s" is %s', (text, name) => {
  expect(answeredName(text)).toBe(name);
});

test.each([
  ['actually for my son Tom', 'Tom'],
  ['for my daughter Emily on Friday', 'Emily'],
  ['Hello, my name is Sarah', 'Sarah'],
  ['This is Paul', 'Paul'],
  ['Book me in for Friday', undefined],
  ['an appointment for Doctor Lee', undefined],
  ['I am Looking for a doctor', undefined],
  ["I'm sick", undefined],
])('in "%s" the name is %s', (text, name) => {
  expect(announcedName(text)).toBe(name);
});

test.each([
  ['555 0199', '555 0199'],
  ['five five five oh one nine nine', '555 0199'],
  ['five five five, oh one double nine', '555 0199'],
  ['Five, five, five, or one nine nine.', '555 0199'],
  ["it's 555-0142, thanks", '555 0142'],
  ['020 7946 0018', '020 7946 0018'],
  ['My numbers 5550199', '555 0199'],
  ['half past two', undefined],
  ['on the 27th', undefined],
])('the number in "%s" is %s', (text, phone) => {
  expect(readPhone(text)).toBe(phone);
});

test.each([
  ['Doctor Lee', 'Doctor Lee'],
  ['with Dr. Leigh on Monday', 'Doctor Lee'],
  ['doctor o say please', 'Doctor Osei'],
  ['Doctor Osay', 'Doctor Osei'],
  ['Doctor Oshei', 'Doctor Osei'],
  ['nurse Pattel', 'Nurse Patel'],
  ['see Patel', 'Nurse Patel'],
  ['a doctor on Friday', undefined],
  ['the doctor please', undefined],
])('"%s" means %s', (text, person) => {
  expect(findPerson(plain(text), text, practice).person?.name).toBe(person);
});

test('a doctor who does not work here is told apart', () => {
  expect(findPerson('doctor smith', 'Doctor Smith', practice).unknown).toBe('Doctor Smith');
  expect(findPerson('is doctor smith there', 'is doctor smith there', practice).unknown).toBe(
    'Doctor Smith',
  );
});

test.each([
  ['I need a flu shot', 'vaccination'],
  ['blood tests', 'blood test'],
  ['a check-up', 'health check'],
  ['see a doctor', "doctor's appointment"],
  ['a haircut', undefined],
])('"%s" is the service %s', (text, service) => {
  expect(findService(plain(text), practice)?.name).toBe(service);
});
