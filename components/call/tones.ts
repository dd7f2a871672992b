// Two soft tones, up when the agent joins and down when the call ends. Synthesized, so that no file is loaded.

const NOTES = {
  // Hertz: a fifth up (D5, A5), and down again.
  joined: [587.33, 880],
  ended: [880, 587.33],
} as const;

const NOTE_S = 0.13;
const LOUD = 0.07;

/** Plays a tone. Returns its length in milliseconds. */
export function playTone(audio: AudioContext, tone: keyof typeof NOTES): number {
  if (audio.state === 'closed') return 0;
  NOTES[tone].forEach((hertz, place) => {
    const start = audio.currentTime + place * NOTE_S;
    const wave = audio.createOscillator();
    const gain = audio.createGain();
    wave.type = 'sine';
    wave.frequency.value = hertz;
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(LOUD, start + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.0001, start + NOTE_S * 2);
    wave.connect(gain).connect(audio.destination);
    wave.start(start);
    wave.stop(start + NOTE_S * 2);
  });
  return (NOTES[tone].length + 1) * NOTE_S * 1_000;
}
