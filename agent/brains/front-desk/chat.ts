// Talk beside the matter: whether somebody is there, what the receptionist is, jokes, weather, rude
// words. Answered in one sentence, and then what was open, or what can be done.
import type { Reading } from './intents';
import { reply, type State, type Step } from './state';

const OF_ME =
  "do you (?:like|sleep|eat|dream|have (?:any )?(?:feelings|children|kids|friends|a (?:name|life|family)))|have you got feelings|are you (?:married|single|happy|tired|alive|better|sure you)|how old are you|where (?:are|do) you (?:from|come from|live)|who made you|which model|what model|are you listening|do you record|can you (?:make mistakes|think|feel)|what did you have for|your (?:job|age|family|favou?rite)|you(?:'re| are) a (?:computer|machine|robot|bot)|talking to (?:a (?:person|human|machine|robot|computer)|machines)|is this a person";

const PRESENCE =
  /\b(?:can|do) you (?:hear|understand)\b|\b(?:is|are) (?:there )?(?:any ?body|any ?one|some ?one|some ?body) (?:there|here|on the line)\b|\bare you (?:still )?there\b|^hello(?: hello)+$/;

/** What is talked of beside the matter → what is said to it; the first that fits. */
const CHAT: readonly (readonly [RegExp, string])[] = [
  [PRESENCE, "Yes, I'm here, and I can hear you."],
  [
    /\b(?:i (?:can't|cannot|can not) hear (?:you|anything)|there is an echo|bad line|you're breaking up)\b/,
    'I hear you well. You can also read what I say, and type to me.',
  ],
  [
    /\b(?:don't|dont|do not) (?:like|want|trust) (?:to )?(?:talk(?:ing)? to |speak(?:ing)? to )?(?:a )?(?:machines?|robots?|computers?)\b/,
    'I understand. I can also take a message, and a colleague calls you back.',
  ],
  [
    new RegExp(`\\b(?:${OF_ME})\\b`),
    "I'm an automated assistant, not a person, so there is little to tell about me.",
  ],
  [
    /\b(?:joke|sing|song|music|riddle|poem|story)\b/,
    "I'm better with appointments than with entertainment, I'm afraid.",
  ],
  [
    /\b(?:weather|rain(?:ing|y)?|sunny|cold outside|hot today|snow(?:ing)?)\b.*\b(?:isn't it|today|outside|eh|right|terrible|awful|lovely|nice)\b|\b(?:terrible|awful|lovely|nice) weather\b/,
    "I don't get to see the weather from here.",
  ],
  [/\bbored\b|\blonely\b/, "It's good to hear a voice, isn't it."],
  [
    /\b(?:nice|lovely|beautiful|pretty|pleasant) (?:voice|name)\b|\byou sound (?:nice|lovely|friendly|like)|\b(?:very|so) kind of you\b|\byou have been (?:most |very |so )?helpful\b/,
    "That's kind of you.",
  ],
  [
    /\b(?:shut up|be quiet|stop talking|hurry(?: up)?|faster|quick(?:ly)?|come on|get on with it|about time|too slow|so long)\b/,
    "I'll keep it short.",
  ],
  [
    /\b(?:fuck|shit|bullshit|bastard|asshole|arse|crap|bitch|thie(?:f|ves)|outrageous|waiting for an? (?:\w+ )?hour)\b/,
    "I'm sorry that this is so annoying.",
  ],
  [/\b(?:sorry|apologi[sz]e|hard day|was rude|my fault)\b/, 'Please think nothing of it.'],
];

/** Sounds and little words that say nothing yet. */
const FILLER =
  /^(?:(?:um+|uh+|er+m?|mm+|hm+|hmm+|ah+|oh|well|so|anyway|okay|ok|right|cool|great|super|nice|splendid|wonderful|lovely|good|you|and|but|the|now|then|alright) ?)+$/;

const OPEN = 'What can I do for you?';

/** Whether the caller only asks whether somebody listens. */
export const isThere = ({ plain, wants }: Reading) => wants.length === 0 && PRESENCE.test(plain);

/** The reply to talk beside the matter; undefined where it was none. */
export function chat(state: State, reading: Reading, open: readonly string[]): Step | undefined {
  const said = CHAT.find(([pattern]) => pattern.test(reading.plain))?.[1];
  const pending = state.form ? open : [];
  if (said)
    return reply(
      state,
      state.form ? state.asked : 'help',
      said,
      ...(pending.length > 0 ? pending : [OPEN]),
    );
  if (state.form || !FILLER.test(reading.plain)) return undefined;
  return reply(state, 'help', 'Take your time.', OPEN);
}
