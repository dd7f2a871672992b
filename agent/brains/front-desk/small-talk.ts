// Manners: hello, thanks, how are you, a moment, praise and complaint. Short, and back to the matter.
import type { Reading } from './intents';
import { reply, type State, type Step } from './state';

/** The reply to a courtesy, and then what was open; undefined where there was none. */
export function courtesy(
  state: State,
  reading: Reading,
  openQuestion: readonly string[],
): Step | undefined {
  const { courtesies } = reading;
  const pending = state.form ? openQuestion : [];
  const asks = (...say: string[]) => reply(state, state.asked, ...say, ...pending);
  if (courtesies.includes('complaint')) {
    return reply(
      { ...state, form: undefined },
      'offerMessage',
      "I'm sorry about that.",
      'Shall I take a message, so that someone calls you back?',
    );
  }
  if (courtesies.includes('wait')) return reply(state, state.asked, 'Of course, take your time.');
  if (courtesies.includes('howAreYou')) {
    return state.form
      ? asks("I'm well, thank you.")
      : reply(state, 'help', "I'm well, thank you for asking.", 'What can I do for you?');
  }
  if (courtesies.includes('thanks')) {
    return state.form
      ? asks("You're welcome.")
      : reply(state, 'more', "You're welcome.", 'Is there anything else?');
  }
  if (courtesies.includes('praise')) {
    return state.form
      ? asks("That's kind of you.")
      : reply(state, 'more', "That's kind of you.", 'Is there anything else?');
  }
  if (courtesies.includes('hello')) {
    const hello = state.greeted ? 'Hello again.' : 'Hello.';
    if (state.form) return asks(hello);
    const name = reading.name ? ` ${reading.name}` : '';
    return reply(
      { ...state, greeted: true },
      'help',
      hello.replace('.', `${name}.`),
      'How can I help?',
    );
  }
  if (courtesies.includes('sorry')) return asks('No problem.');
  const others = /\b(?:his|her|their) name\b/.test(reading.plain);
  if (reading.name && !state.form && !others) {
    return reply(
      { ...state, caller: reading.name },
      'help',
      `Hello ${reading.name}.`,
      'How can I help?',
    );
  }
  if (!state.form && (state.asked === 'help' || state.asked === 'more')) {
    if (reading.yes && !state.last.includes('Go ahead.'))
      return reply(state, 'help', 'Go ahead.', 'What can I do for you?');
    if (reading.no)
      return reply(
        state,
        'help',
        'All right.',
        'I can also take a message, or book an appointment.',
      );
  }
  return undefined;
}
