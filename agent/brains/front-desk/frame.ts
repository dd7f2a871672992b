// The frame of the front desk's conversation: one step for what the caller said, one for what a tool
// answered. Each takes the state and gives the next, with what to say and do. The same in every language;
// what is made of an utterance is each one's own.
import type { ToolUse } from '../conversation';
import type { HandingOver } from './handing-over';
import type { Reading } from './intents';
import type { Seeking } from './seek';
import type { Asked, BookingForm, MessageForm, State, Step, World } from './state';

const NUMBER_ASKED: readonly Asked[] = ['time', 'confirm', 'what', 'seekTime'];

/** What one language has of its own. */
export interface Tongue {
  /** @param bare whether a bare number is a time */
  read(heard: string, world: World, bare: boolean): Reading;
  /** Whether it still speaks of the time, while the name is asked for: "No, wait, four". */
  correctsTime(heard: string): boolean;
  /** The name told is not the caller's. */
  readonly othersName: RegExp;
  /** Said before asking again; not part of what is repeated on request. */
  readonly sorry: readonly string[];
  decide(state: State, reading: Reading, world: World): Step;
  /** Who speaks into the goodbye is answered if there is something to answer, else seen off again. */
  afterGoodbye(state: State, reading: Reading, world: World): Step;
  readonly handing: HandingOver;
  readonly seek: Seeking;
  deskFailed(state: State): Step;
  toldMessage(state: State, form: MessageForm): Step;
  toldCancel(state: State, output: unknown): Step;
  toldFreeTimes(state: State, form: BookingForm, output: unknown, world: World): Step;
  toldBooking(state: State, form: BookingForm, output: unknown, world: World): Step;
}

/** The conversation in one language. */
export interface Dialogue {
  /** What the caller said. */
  hear(state: State, heard: string, world: World): Step;
  /** What a tool answered: its JSON, or the error's words where it failed. */
  told(state: State, use: ToolUse, output: unknown, failed: boolean, world: World): Step;
}

/** The conversation in that language. */
export function dialogueIn(tongue: Tongue): Dialogue {
  const { decide, handing, seek } = tongue;

  function answered(state: State, reading: Reading, world: World): Step {
    if (state.over) return tongue.afterGoodbye(state, reading, world);
    const waits = state.handing === 'done' || !(reading.bye || reading.emergency);
    return state.handing && waits
      ? handing.meanwhile(state, reading, world)
      : decide(state, reading, world);
  }

  function told(
    state: State,
    { name }: ToolUse,
    output: unknown,
    failed: boolean,
    world: World,
  ): Step {
    const { form } = state;
    if (name === 'handOver') return handing.told(state, output, failed);
    if (failed) return tongue.deskFailed(state);
    if (name === 'takeMessage' && form?.kind === 'message') return tongue.toldMessage(state, form);
    if (name === 'cancelAppointment') return tongue.toldCancel(state, output);
    if (name === 'findAppointment' && form?.kind === 'seek') {
      return seek.told(state, form, output, world);
    }
    if (form?.kind !== 'booking') return { say: [], state };
    if (name === 'findFreeTimes') return tongue.toldFreeTimes(state, form, output, world);
    if (name === 'bookAppointment') return tongue.toldBooking(state, form, output, world);
    return { say: [], state };
  }

  return {
    hear(state, heard, world) {
      const corrects = state.asked === 'name' && tongue.correctsTime(heard);
      const reading = tongue.read(heard, world, corrects || NUMBER_ASKED.includes(state.asked));
      const step = answered(state, reading, world);
      const { say, again, state: after } = step;
      const understood = after.lost <= state.lost && !again;
      const named = after.form || tongue.othersName.test(heard) ? undefined : reading.name;
      return {
        ...step,
        lost: after.lost > state.lost,
        state: {
          ...after,
          caller: after.caller ?? named,
          askedAbout: handing.askedSoFar(state, reading),
          missed: after.asked === 'offerMessage' ? after.missed : undefined,
          lost: understood ? 0 : after.lost,
          last: say.length > 0 ? say.filter((said) => !tongue.sorry.includes(said)) : state.last,
        },
      };
    },
    told(state, ...answer) {
      const step = told(state, ...answer);
      return {
        ...step,
        state: { ...step.state, last: step.say.length > 0 ? step.say : state.last },
      };
    },
  };
}
