// The upper tail of the normal distribution, precise to many digits also where it is tiny: looks are held
// to levels of one in a hundred thousand.

/** Where the continued fraction takes over: it converges the faster the farther out. */
const FAR = 3;
/** Terms of the fraction; from {@link FAR} on 60 give 12 digits. */
const TERMS = 60;

const density = (z: number) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

/**
 * P(Z > z) of a standard normal Z: near the middle by the series of G. Marsaglia ("Evaluating the normal
 * distribution", J. Stat. Software 11(4), 2004), far out by Laplace's continued fraction (Abramowitz and
 * Stegun, "Handbook of Mathematical Functions", 26.2.14).
 */
export function upperTail(z: number): number {
  if (z < 0) return 1 - upperTail(-z);
  if (z >= FAR) {
    let fraction = z;
    for (let term = TERMS; term > 0; term -= 1) fraction = z + term / fraction;
    return density(z) / fraction;
  }
  let sum = z;
  for (let term = z, i = 3; term > sum * 1e-17; i += 2) {
    term *= (z * z) / i;
    sum += term;
  }
  return 0.5 - sum * density(z);
}
