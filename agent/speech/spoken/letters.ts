// Letters by their names, written as words, because a synthesizer reads a lone "A" as the article.
import { cardinal, digits } from './numbers';

const NAMES: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'a:ay b:bee c:see d:dee e:ee f:eff g:gee h:aitch i:eye j:jay k:kay l:ell m:em n:en o:oh p:pee ' +
    'q:cue r:are s:ess t:tee u:you v:vee w:double-you x:ex y:why z:zee'
  )
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]),
);

/** "AB7" → "ay bee seven". Other signs are skipped. */
export function spelled(text: string): string {
  return (text.match(/[a-z]|\d/gi) ?? [])
    .map((sign) => NAMES[sign.toLowerCase()]?.replace('-', ' ') ?? digits(sign))
    .join(' ');
}

/** "B12" → "bee twelve": a letter and a small number are a name, not a reference. */
export function letterAndNumber(letter: string, number: string): string {
  return `${spelled(letter)} ${cardinal(Number(number))}`;
}
