// What Ada keeps in mind during a call, and what one step of the conversation yields. Plain data,
// never changed in place: a step makes the next state from the last.
import type { Step as ConversationStep } from '../conversation';
import type { Clock } from './calendar';
import type { Practice } from './facts';
import type { Question, When } from './intents';

/** A time that was offered. */
export interface Offer {
  readonly day: string;
  readonly minute: number;
  readonly person: string;
}

/** An appointment in the making. */
export interface BookingForm {
  readonly kind: 'booking';
  readonly service?: string;
  readonly person?: string;
  readonly day?: string;
  /** No day yet, but the first to look at. */
  readonly from?: string;
  readonly at?: number;
  readonly after?: number;
  readonly before?: number;
  /** The time last spoken of: "the same time" means it. */
  readonly wished?: number;
  /** The day of what was booked before: "the same day" means it. */
  readonly dayBefore?: string;
  readonly name?: string;
  /** The time that the diary has free, once asked; read back and booked. */
  readonly slot?: Offer;
  readonly offered: readonly Offer[];
  /** The day that cannot be, kept in case another person is in then. */
  readonly declined?: string;
  /** A day proposed in place of it. */
  readonly proposed?: string;
  /** Reference of the appointment that this one takes the place of. */
  readonly replaces?: string;
}

/** A message in the making. */
export interface MessageForm {
  readonly kind: 'message';
  readonly to?: string;
  readonly text?: string;
  readonly from?: string;
  /** Empty: the caller gave none. */
  readonly phone?: string;
}

/** An appointment of an earlier call that is looked for. */
export interface SeekForm {
  readonly kind: 'seek';
  /** What is to become of it. */
  readonly to: 'cancel' | 'change';
  /** In full: first and last name. */
  readonly name?: string;
  readonly day?: string;
  /** Its time, minutes after midnight: asked for where a day has several. */
  readonly at?: number;
  /** Where it is to be moved to, as far as that was said. */
  readonly wish: When;
}

/** An appointment made, or found, during this call. */
export interface Made {
  readonly reference: string;
  readonly day: string;
  readonly minute: number;
  readonly service: string;
  readonly person: string;
  readonly name: string;
  /** Set where it was made in an earlier call. */
  readonly earlier?: boolean;
}

/** What Ada asked last, which gives a short answer its meaning. */
export type Asked =
  | 'help'
  | 'more'
  | 'day'
  | 'proposal'
  | 'time'
  | 'name'
  | 'confirm'
  | 'what'
  | 'messageText'
  | 'messageFrom'
  | 'messagePhone'
  | 'messageConfirm'
  | 'messageWhat'
  | 'offerMessage'
  | 'offerBooking'
  | 'cancel'
  | 'seekName'
  | 'seekDay'
  | 'seekTime'
  | 'seekAgain';

export interface State {
  readonly form?: BookingForm | MessageForm | SeekForm;
  readonly asked: Asked;
  /** Times in a row that nothing was understood. */
  readonly lost: number;
  /** The last reply, to be repeated on request. */
  readonly last: readonly string[];
  readonly caller?: string;
  readonly phone?: string;
  readonly made?: Made;
  /** What the caller last asked about: "can I book one?" means it. */
  readonly mentioned?: {
    readonly service?: string;
    readonly person?: string;
    readonly day?: string;
  };
  /** What the caller asked about, in words: told to whom they are handed over to. */
  readonly askedAbout?: readonly string[];
  /** Whether another agent was asked to take over, or has done so. */
  readonly handing?: 'asked' | 'done';
  /** Who did not come: the message offered in their place is for them. */
  readonly missed?: string;
  /** The question answered last: "and on Sunday?" asks it anew. */
  readonly question?: Question;
  /** Whether the caller told of an emergency, and not yet that it is over. */
  readonly urgent?: boolean;
  readonly greeted?: boolean;
  readonly over?: boolean;
}

export const START: State = { asked: 'help', lost: 0, last: [] };

/** What the practice is and what time it is there. */
export interface World {
  readonly practice: Practice;
  readonly clock: Clock;
}

/** One step of Ada's conversation. */
export type Step = ConversationStep<State>;

/** A step that says something and asks something. */
export function reply(state: State, asked: Asked, ...say: readonly string[]): Step {
  return { say, state: { ...state, asked } };
}
