// Measures, fractions, and all numbers that no other rule has matched.
import { amount, counted } from './numbers';
import type { Rule } from './rule';

/** Singular and plural, by how they are written after a number. */
const UNITS: Readonly<Record<string, readonly [string, string]>> = {
  kg: ['kilogram', 'kilograms'],
  g: ['gram', 'grams'],
  mg: ['milligram', 'milligrams'],
  mcg: ['microgram', 'micrograms'],
  ml: ['milliliter', 'milliliters'],
  l: ['liter', 'liters'],
  km: ['kilometer', 'kilometers'],
  m: ['meter', 'meters'],
  cm: ['centimeter', 'centimeters'],
  mm: ['millimeter', 'millimeters'],
  mi: ['mile', 'miles'],
  ft: ['foot', 'feet'],
  lb: ['pound', 'pounds'],
  lbs: ['pound', 'pounds'],
  oz: ['ounce', 'ounces'],
  mph: ['mile an hour', 'miles an hour'],
  'km/h': ['kilometer an hour', 'kilometers an hour'],
  '°C': ['degree Celsius', 'degrees Celsius'],
  '°F': ['degree Fahrenheit', 'degrees Fahrenheit'],
  '°': ['degree', 'degrees'],
  h: ['hour', 'hours'],
  hr: ['hour', 'hours'],
  hrs: ['hour', 'hours'],
  min: ['minute', 'minutes'],
  mins: ['minute', 'minutes'],
  sec: ['second', 'seconds'],
  secs: ['second', 'seconds'],
  ms: ['millisecond', 'milliseconds'],
};
/** Longer ones first, so that "mg" is not read as "m". */
const UNIT = Object.keys(UNITS)
  .sort((a, b) => b.length - a.length)
  .join('|');
const NUMBER = '(\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?)';

const FRACTIONS: Readonly<Record<string, string>> = {
  '1/2': 'half',
  '1/3': 'one third',
  '2/3': 'two thirds',
  '1/4': 'one quarter',
  '3/4': 'three quarters',
};

export const measureRules: readonly Rule[] = [
  {
    pattern: /\b(?:(\d+) )?([123]\/[234])\b(?!\/)/g,
    say: (match, whole, fraction = '') => {
      const said = FRACTIONS[fraction];
      if (!said) return match;
      if (!whole) return said === 'half' ? 'one half' : said;
      return `${amount(whole)} and ${said === 'half' ? 'a half' : said}`;
    },
  },
  // "15-20 min", "3-4": a dash between numbers is "to".
  {
    pattern: new RegExp(`(?<![\\w-])${NUMBER}\\s?-\\s?(?=\\d)(?!\\d+-)`, 'g'),
    say: (_, from = '') => `${amount(from)} to `,
  },
  {
    pattern: new RegExp(`(?<![\\w.])${NUMBER}\\s?(${UNIT})(?![\\w°/])(?:\\.(?=\\s+[a-z]))?`, 'g'),
    say: (match, sum = '', unit = '') => {
      const [one, many] = UNITS[unit] ?? [];
      return one && many ? counted(sum, one, many) : match;
    },
  },
  {
    pattern: new RegExp(`(?<![\\w.])[-−]${NUMBER}`, 'g'),
    say: (_, sum = '') => `minus ${amount(sum)}`,
  },
  { pattern: new RegExp(`(?<![\\w.])${NUMBER}(?![\\w])`, 'g'), say: (_, sum = '') => amount(sum) },
];
