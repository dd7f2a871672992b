// Second-order filters for shaping speech: coefficients for any rate, and filtering.

/** Coefficients, normalized to a first denominator coefficient of 1: b0, b1, b2, a1, a2. */
type Biquad = readonly [number, number, number, number, number];

/** The Q without a resonance peak: 1/√2. */
const FLAT = Math.SQRT1_2;

/**
 * High-pass.
 * @param hertz where it is down by 3 dB
 */
export function highPass(hertz: number, rate: number, quality = FLAT): Biquad {
  const k = Math.tan((Math.PI * hertz) / rate);
  const a0 = 1 + k / quality + k * k;
  return [1 / a0, -2 / a0, 1 / a0, (2 * (k * k - 1)) / a0, (1 - k / quality + k * k) / a0];
}

/**
 * High shelf.
 * @param hertz the middle of the slope
 * @param decibels gain
 */
export function highShelf(hertz: number, decibels: number, rate: number, quality = FLAT): Biquad {
  const k = Math.tan((Math.PI * hertz) / rate);
  const high = 10 ** (decibels / 20);
  // The exponent of ITU-R BS.1770's own shelf; with 0.5 the result is further from its published
  // coefficients.
  const middle = high ** 0.4996667741545416;
  const a0 = 1 + k / quality + k * k;
  return [
    (high + (middle * k) / quality + k * k) / a0,
    (2 * (k * k - high)) / a0,
    (high - (middle * k) / quality + k * k) / a0,
    (2 * (k * k - 1)) / a0,
    (1 - k / quality + k * k) / a0,
  ];
}

/** Applies the filters in order. */
export function filtered(sound: Float32Array, filters: readonly Biquad[]): Float32Array {
  let out = sound;
  for (const [b0, b1, b2, a1, a2] of filters) {
    const next = new Float32Array(out.length);
    // Direct form II transposed: two memories, and no sum that grows large.
    let z1 = 0;
    let z2 = 0;
    for (let i = 0; i < out.length; i++) {
      const x = out[i] as number;
      const y = b0 * x + z1;
      z1 = b1 * x - a1 * y + z2;
      z2 = b2 * x - a2 * y;
      next[i] = y;
    }
    out = next;
  }
  return out;
}
