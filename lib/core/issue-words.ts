// What zod finds wrong, in words for people: one error map for everything that is parsed and whose errors somebody reads.
// A schema's own messages come first; they are written in the same form.
import { z } from 'zod';

/** What a value must be, by zod's name of its type. */
const TYPES: Readonly<Record<string, string>> = {
  string: 'must be a text',
  number: 'must be a number',
  int: 'must be a whole number',
  boolean: 'must be true or false',
  array: 'must be a list',
  object: 'must be an object',
  record: 'must be an object',
  date: 'must be a date',
  null: 'must be null',
};

/** What a text must be, by zod's name of its format. */
const FORMATS: Readonly<Record<string, string>> = {
  email: 'must be an email address',
  url: 'must be a URL',
  uuid: 'must be a UUID',
  datetime: 'must be a date and time as in ISO 8601',
  date: 'must be a date: YYYY-MM-DD',
};

const listOf = (values: readonly unknown[]): string => values.map(String).join(', ');

/** The unit of a size, by zod's name of what has it; numbers have none. */
const UNITS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  string: ['character', 'characters'],
  array: ['entry', 'entries'],
  set: ['entry', 'entries'],
  map: ['entry', 'entries'],
};

/**
 * What is wrong with a value, as the continuation of a sentence that starts with its name: "must be a number". Pass it to
 * a parse: `schema.safeParse(value, { error: issueWords })`.
 */
export const issueWords: z.core.$ZodErrorMap = (issue) => {
  const { input } = issue;
  switch (issue.code) {
    case 'invalid_type':
      return input === undefined ? 'is required' : (TYPES[issue.expected] ?? 'has the wrong type');
    case 'too_small':
    case 'too_big': {
      const small = issue.code === 'too_small';
      const size = Number(small ? issue.minimum : issue.maximum);
      const [one, many] = UNITS[issue.origin] ?? [];
      const unit = many && ` ${size === 1 ? one : many}`;
      if (issue.exact) return unit ? `must have exactly ${size}${unit}` : `must be ${size}`;
      if (unit && small && size === 1) return 'must not be empty';
      if (unit)
        return small ? `must have at least ${size}${unit}` : `may have at most ${size}${unit}`;
      if (issue.inclusive === false) return `must be ${small ? 'more' : 'less'} than ${size}`;
      return `must be at ${small ? 'least' : 'most'} ${size}`;
    }
    case 'invalid_value':
      return `must be ${issue.values.length > 1 ? 'one of ' : ''}${listOf(issue.values)}`;
    case 'invalid_format':
      return FORMATS[issue.format] ?? 'has a form that is not allowed';
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    case 'unrecognized_keys':
      return issue.inst instanceof z.ZodObject
        ? `is not a known field. Known: ${Object.keys(issue.inst.shape).join(', ')}`
        : 'is not a known field';
    case 'invalid_union':
      return issue.discriminator === undefined ? 'is not valid' : 'is not a known kind';
    default:
      return 'is not valid';
  }
};
