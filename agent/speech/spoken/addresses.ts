// E-mail and web addresses: "ada@willow-street.org" → "ada at willow dash street dot org".
import { spelled } from './letters';
import type { Rule } from './rule';

/** Top-level domains said letter by letter; the others (com, org, net) are words. */
const SPELLED = new Set('uk us eu io tv de fr ie au ca nz'.split(' '));
const SIGNS: Readonly<Record<string, string>> = {
  '.': 'dot',
  '-': 'dash',
  _: 'underscore',
  '/': 'slash',
  '@': 'at',
  '+': 'plus',
};

function said(address: string): string {
  return (address.match(/[a-z]+|\d+|[.\-_/@+]/gi) ?? [])
    .map((part, index, parts) => {
      if (SPELLED.has(part.toLowerCase()) && parts[index - 1] === '.') return spelled(part);
      return SIGNS[part] ?? (/\d/.test(part) ? spelled(part) : part);
    })
    .join(' ');
}

export const addressRules: readonly Rule[] = [
  { pattern: /\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, say: said },
  // The scheme, "www" and the query are left out, as people do.
  {
    pattern:
      /\b(?:https?:\/\/(?:www\.)?|www\.)([\w-]+(?:\.[\w-]+)*(?::\d+)?(?:\/[\w./-]*[\w/])?)(?:[?#][^\s,]*[\w/])?/gi,
    say: (_, address = '') => said(address.replace(/\/$/, '')),
  },
  {
    pattern: /\b[a-z\d-]+(?:\.[a-z\d-]+)*\.(?:com|org|net|co\.uk|io|eu)\b(?:\/[\w./-]*\w)?/gi,
    say: said,
  },
];
