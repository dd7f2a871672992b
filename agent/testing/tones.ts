// Text as tones and back, for the fake speech server. Each syllable carries two characters as tones above a sung vowel:
// voice activity detection takes the vowels for speech, and the tones survive Opus and resampling.

/** Sample rate of the sound. */
export const TONE_RATE = 16_000;

/** The characters with a code. `^` precedes a capital, `~` any other character as three digits of base 49. */
const ALPHABET = " abcdefghijklmnopqrstuvwxyz0123456789äöüß'.,?!-^~";
const SIZE = ALPHABET.length;
const LOST = -1;
const DAMAGED = '\0';
const SHIFT = ALPHABET.indexOf('^');
const ESCAPE = ALPHABET.indexOf('~');
/** A code is two digits of base 7; a syllable has two codes. */
const BASE = 7;
const DIGITS = 4;
/**
 * The groups of tones: one per digit, and a last one for the syllable's number modulo {@link BASE}, so that equal
 * neighbours stay separate and a lost one is noticed.
 */
const GROUPS = DIGITS + 1;

/** Samples of a syllable: 56 ms; and of its fade in and out. */
const SYLLABLE = 896;
const EDGE = 160;
const WINDOW = 512;
/** The first tone's bin, 1,781 Hz, above the highest vowel, and the bins between tones. */
const FIRST = 57;
const SPACING = 3;
const TONE = 0.15;
/** Overall level. As loud as Flite: -20 dBFS. */
const LOUDNESS = 0.1;
/** Silence before and after an utterance, in samples: 10 ms and 60 ms, not a pause for voice activity detection. */
const LEAD = 160;
const PAUSE = 960;
/** Spoken before the first word, to give voice activity detection time. */
const OPENING = '        ';
/** Spoken after the last word: a word is complete with the space after it, and the end of audio is lost most easily. */
const CLOSING = '    ';

/** The vowels' formants in hertz, below the tones. */
const FORMANTS = [
  [730, 1090],
  [300, 870],
  [530, 1200],
  [570, 840],
  [280, 600],
] as const;
const HIGHEST = 1_400;
/**
 * The pitch in hertz, and by how many hertz and how often per second it varies. At a constant pitch the audio repeats
 * with the vowels, and a recording cannot be aligned with live audio (audio/seam.ts).
 */
const PITCH = 125;
const INTONATION = [
  { hertz: 15, rate: 0.9 },
  { hertz: 10, rate: 2.3 },
] as const;

/** Samples between two spectra: 8 ms. */
const HOP = 128;
/** Consecutive spectra that must agree on a syllable. */
const AGREE = 2;
/**
 * Syllables by which one may come earlier and later than its number says: a busy browser drops up to 100 ms, and a receiver
 * that waits for a late packet fills the time.
 */
const EARLY_MAX = 1.9;
const LATE_MAX = 3;
/** Factor by which a tone must be stronger than any other of its group, in energy. */
const CLEAR = 4;
/** Minimum amplitude of a tone: -60 dBFS. */
const FAINT = 0.001;

/** For each tone of each group, its windowed wave: a dot product with it is its amplitude. */
const SPECTRA = Array.from({ length: GROUPS }, (_, group) =>
  Array.from({ length: BASE }, (_, digit) => {
    const wave = (of: (angle: number) => number) =>
      Float32Array.from({ length: WINDOW }, (_, i) => {
        const hann = 1 - Math.cos((2 * Math.PI * (i + 0.5)) / WINDOW);
        return (2 * hann * of((2 * Math.PI * lineOf(group, digit) * i) / WINDOW)) / WINDOW;
      });
    return { cos: wave(Math.cos), sin: wave(Math.sin) };
  }),
);

/** A text as audio at {@link TONE_RATE}. */
export function toTones(text: string): Float32Array {
  const codes = codesOf(text);
  const sound = new Float32Array(LEAD + (codes.length / 2) * SYLLABLE + PAUSE);
  for (let n = 0; 2 * n < codes.length; n++) {
    const digits = codes
      .slice(2 * n, 2 * n + 2)
      .flatMap((code) => [Math.floor(code / BASE), code % BASE]);
    const from = LEAD + n * SYLLABLE;
    writeTones([...digits, n % BASE], n, sound.subarray(from, from + SYLLABLE));
  }
  return sound;
}

/** A detected syllable: its two codes, its number modulo {@link BASE}, and its position in samples. */
interface Syllable {
  readonly codes: readonly [number, number];
  readonly count: number;
  readonly at: number;
}

/**
 * The words in audio at {@link TONE_RATE}. A truncated or damaged word is dropped, unless it can be restored.
 * @param known texts that may have been spoken. On a busy machine a real-time connection sometimes drops up to 100
 *   ms: a gap inside one of these texts is filled if its length matches.
 */
export function fromTones(sound: Float32Array, known: Iterable<string> = []): string {
  const heard = syllablesIn(sound);
  const codes: number[] = [];
  let at = 0;
  while (at < heard.length) {
    const stretch = stretchFrom(heard, at);
    const isWhole = stretch.places.at(-1) === stretch.places.length - 1;
    const restored = isWhole ? undefined : restore(stretch, known);
    let next = 0;
    for (const [i, place] of stretch.places.entries()) {
      if (place !== next) codes.push(...(restored?.slice(2 * next, 2 * place) ?? [LOST]));
      codes.push(...(heard[at + i] as Syllable).codes);
      next = place + 1;
    }
    at += stretch.places.length;
    if (at < heard.length) codes.push(LOST);
  }
  // The first word is complete after an opening, the last one before a space.
  return decoded(codes)
    .split(' ')
    .slice(1, -1)
    .filter((word) => word !== '' && !word.includes(DAMAGED))
    .join(' ');
}

function syllablesIn(sound: Float32Array): Syllable[] {
  const heard: Syllable[] = [];
  let last = { syllable: '', at: 0 };
  let agreed = { syllable: '', looks: 0 };
  for (let at = 0; at + WINDOW <= sound.length; at += HOP) {
    const digits = look(sound.subarray(at, at + WINDOW));
    const syllable = digits?.join() ?? '';
    agreed = { syllable, looks: syllable === agreed.syllable ? agreed.looks + 1 : 1 };
    if (!digits || agreed.looks < AGREE) continue;
    const [a = 0, b = 0, c = 0, d = 0, count = 0] = digits;
    if (syllable !== last.syllable || at - last.at > 2 * SYLLABLE) {
      heard.push({ codes: [a * BASE + b, c * BASE + d], count, at });
    }
    last = { syllable, at };
  }
  return heard;
}

/** Syllables of one text, and their positions in it, counted from the first. */
interface Stretch {
  readonly heard: readonly Syllable[];
  readonly places: readonly number[];
}

/** The syllables from `from` on whose numbers and times agree on how many are missing in between. */
function stretchFrom(heard: readonly Syllable[], from: number): Stretch {
  const places = [0];
  for (let i = from + 1; i < heard.length; i++) {
    const [before, one] = [heard[i - 1] as Syllable, heard[i] as Syllable];
    const steps = (one.count - before.count + BASE) % BASE || BASE;
    const late = (one.at - before.at) / SYLLABLE - steps;
    if (late < -EARLY_MAX || late > LATE_MAX) break;
    places.push((places.at(-1) as number) + steps);
  }
  return { heard: heard.slice(from, from + places.length), places };
}

/** All codes of a stretch, from the texts that can contain it; undefined if there is none, or if they differ. */
function restore({ heard, places }: Stretch, known: Iterable<string>): number[] | undefined {
  const length = 2 * ((places.at(-1) as number) + 1);
  let found: number[] | undefined;
  for (const text of known) {
    const codes = codesOf(text);
    for (let from = 0; from + length <= codes.length; from += 2) {
      const fits = heard.every(({ codes: [a, b] }, i) => {
        const place = from + 2 * (places[i] as number);
        return codes[place] === a && codes[place + 1] === b;
      });
      if (!fits) continue;
      const part = codes.slice(from, from + length);
      if (found && part.some((code, i) => code !== found?.[i])) return undefined;
      found = part;
    }
  }
  return found;
}

/** A text as codes, two per syllable. */
function codesOf(text: string): number[] {
  const codes = [...`${OPENING}${text.trim()}${CLOSING}`].flatMap((letter) =>
    letter.split('').flatMap(encoded),
  );
  if (codes.length % 2 === 1) codes.push(0);
  return codes;
}

function encoded(letter: string): number[] {
  const known = ALPHABET.indexOf(letter);
  if (known >= 0 && known !== SHIFT && known !== ESCAPE) return [known];
  const small = ALPHABET.indexOf(letter.toLowerCase());
  if (small >= 0 && letter !== letter.toLowerCase()) return [SHIFT, small];
  const unit = letter.charCodeAt(0);
  return [ESCAPE, Math.floor(unit / SIZE ** 2), Math.floor(unit / SIZE) % SIZE, unit % SIZE];
}

function decoded(codes: readonly number[]): string {
  let text = '';
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number;
    if (code === LOST) text += DAMAGED;
    else if (code === SHIFT) text += ALPHABET[codes[++i] as number]?.toUpperCase() ?? DAMAGED;
    else if (code === ESCAPE) {
      const [a = LOST, b = LOST, c = LOST] = codes.slice(i + 1, i + 4);
      i += 3;
      text += Math.min(a, b, c) < 0 ? DAMAGED : String.fromCharCode((a * SIZE + b) * SIZE + c);
    } else text += ALPHABET[code] ?? DAMAGED;
  }
  return text;
}

/** Fills `out` with a vowel and the tones of these digits. */
function writeTones(digits: readonly number[], n: number, out: Float32Array): void {
  const steps = digits.map((digit, group) => (2 * Math.PI * lineOf(group, digit)) / WINDOW);
  const formants = FORMANTS[n % FORMANTS.length] ?? [];
  const levels: number[] = [];
  for (let hertz = PITCH; hertz < HIGHEST; hertz += PITCH) {
    levels.push(
      formants.reduce(
        (sum, formant, j) => sum + 0.5 ** j / (1 + ((hertz - formant) / (80 + 40 * j)) ** 2),
        0.05,
      ),
    );
  }
  for (let i = 0; i < out.length; i++) {
    const edge = Math.min(1, i / EDGE, (out.length - i) / EDGE);
    const voice = phase((n * SYLLABLE + i) / TONE_RATE);
    let sum = 0;
    for (const [j, level] of levels.entries()) sum += level * Math.sin((j + 1) * voice);
    for (const step of steps) sum += TONE * Math.sin(step * i);
    out[i] = LOUDNESS * (0.6 - 0.4 * Math.cos(Math.PI * edge)) * sum;
  }
}

/** The phase of the voice's first harmonic, in radians. */
function phase(seconds: number): number {
  return INTONATION.reduce(
    (sum, { hertz, rate }) => sum - (hertz / rate) * Math.cos(2 * Math.PI * rate * seconds),
    2 * Math.PI * PITCH * seconds,
  );
}

/** The digits in a window; undefined if there are none or two syllables meet. */
function look(window: Float32Array): number[] | undefined {
  const digits: number[] = [];
  for (const spectrum of SPECTRA) {
    const energies = spectrum.map(({ cos, sin }) => dot(window, cos) ** 2 + dot(window, sin) ** 2);
    const most = Math.max(...energies);
    const digit = energies.indexOf(most);
    const isClear = energies.every((energy, i) => i === digit || energy * CLEAR < most);
    if (!isClear || most < FAINT ** 2) return undefined;
    digits.push(digit);
  }
  return digits;
}

function lineOf(group: number, digit: number): number {
  return FIRST + (group * BASE + digit) * SPACING;
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
