// A random name for this browser, the same on every visit, so that a share of callers that goes to
// staging is made of the same callers each time. It says nothing about the person.

const KEY = 'callboard.caller';
/** 128 bits: two browsers never have the same. */
const BYTES = 16;

const random = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(BYTES)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');

let known: string | undefined;

/** This browser's id; one for this page only where the browser keeps nothing. */
export function callerId(): string {
  if (known) return known;
  try {
    known = localStorage.getItem(KEY) || random();
    localStorage.setItem(KEY, known);
  } catch {
    known ??= random();
  }
  return known;
}
