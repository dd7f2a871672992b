// The conversation of a declared agent: its facts answer questions, its tools are forms that ask for their fields, and
// callers are handed to its colleagues. The engine knows no business: an agent's file declares all of it.

import type { CallHandle } from '@/agent/core/agent-definition';
import {
  type Conversation,
  type Moment,
  type Said,
  type Step,
  spoken,
  type ToolUse,
} from '@/agent/scripted/conversation';
import {
  type Colleague,
  colleaguesOf,
  type ScriptedAgent,
  type ToolResult,
} from '@/agent/scripted/declaration';
import {
  answeredName,
  type Field,
  type Heard,
  HINTS,
  readBack,
  sayChoices,
  sayValue,
  spell,
} from '@/agent/scripted/fields';
import {
  type Args,
  CHOICES,
  type Form,
  formsOf,
  isKind,
  NOTHING,
  pick,
} from '@/agent/scripted/forms';
import {
  abbreviates,
  includes,
  isQuestion,
  list,
  mayAsk,
  plain,
  SAID,
  sentence,
} from '@/agent/scripted/phrases';
import { type Doubt, readWhen } from '@/agent/scripted/read-when';
import { appConfig } from '@/app-config';

/** State kept between utterances. */
export interface State {
  readonly form?: Form | undefined;
  /** The open question outside of a form. */
  readonly pending?: 'more' | 'message' | undefined;
  readonly message?: string | undefined;
  readonly last: readonly string[];
  readonly lost: number;
  /** Last answer to an emergency, until something else is understood. */
  readonly urgent?: string | undefined;
  /** The last fact given: "and on Sunday?" asks for it again. */
  readonly fact?: string | undefined;
  /** The caller's name and number, and the form they were given in. */
  readonly known: { readonly name?: string; readonly phone?: string; readonly by?: string };
}

const MORE = 'Is there anything else?';
/** Telephone keys, pressed when no number was asked for. */
const KEYS = /^[\d*#\s]+$/;
const MISSED = "Sorry, I didn't catch that.";
const MESSAGE = 'takeMessage';
const CALL_BACK = 'Shall I take a message, so that someone calls you back?';
/** Maximum words of an utterance that is only an answer. */
const SHORT = 4;
/** Sentences of a summary that are repeated. */
const PASSED_ON_MAX = 4;

/** Names for a field, besides its own. */
const ALIASES: Partial<Record<Field['kind'], string>> = { day: 'date', phone: 'number' };

const wordsIn = (text: string) => text.split(' ').filter(Boolean).length;

/** The conversation of that agent in that call. */
export function scriptedConversation(
  agent: ScriptedAgent,
  call: CallHandle,
): Conversation<Said<State>> {
  const { facts = {}, tools = {}, handoffs = {}, outOfScope = {}, emergencies = {} } = agent;
  const { handoffContext } = call;
  const { fieldsIn, askedIn, possible, read, readWhenIn, narrowed, isPast, chosen, notices } =
    formsOf(tools, call);
  const colleagues = colleaguesOf(agent);

  const say = (state: State, ...sentences: readonly string[]): Step<State> => ({
    say: sentences,
    state: { ...state, last: sentences },
  });
  const wait = (state: State, words = 'Take your time.'): Step<State> => ({
    say: [words],
    state,
    waits: true,
  });
  const more = (state: State, ...sentences: readonly string[]) =>
    say({ ...state, form: undefined, pending: 'more' }, ...sentences, MORE);

  function goodbye(state: State): Step<State> {
    const step = say({ ...state, form: undefined }, 'Thank you for calling.', 'Goodbye.');
    return { ...step, use: { name: 'endCall', args: {} } };
  }

  function offerMessage(state: State, message: string | undefined, ...sentences: string[]) {
    if (!tools[MESSAGE]) return more(state, ...sentences);
    return say({ ...state, form: undefined, pending: 'message', message }, ...sentences, CALL_BACK);
  }

  function notUnderstood(before: State): Step<State> {
    const state = { ...before, lost: before.lost + 1 };
    if (before.urgent) return { ...say(state, before.urgent), lost: true };
    const step =
      before.lost % 2 === 1 && tools[MESSAGE]
        ? offerMessage(state, undefined, MISSED)
        : say(state, MISSED, agent.help);
    return { ...step, lost: true };
  }

  // Forms.

  function ask(state: State, form: Form, first: readonly string[], wanted?: unknown): Step<State> {
    const field = askedIn(form);
    const now = call.now();
    if (!field) return confirm(state, form, first);
    const all = possible(form, field);
    const fits = isKind(field.kind) ? form.fits?.[field.kind] : undefined;
    const fitting = fits && all?.filter((value) => fits(String(value)));
    if (fits && all?.length && fitting?.length === 0) {
      const open = { ...form, fits: { ...form.fits, [field.kind]: undefined } };
      return ask(state, open, [...first, 'I have nothing then.'], wanted ?? all[0]);
    }
    const values = pick(field, fitting ?? all ?? field.values, wanted);
    const offer = all ? field.kind === 'time' || wanted !== undefined || fits !== undefined : false;
    const offered = offer || form.misses > 0 ? values : [];
    const choices = offered.length > 0 ? [`I have ${sayChoices(field, offered, now)}.`] : [];
    const hint = form.misses > 1 && offered.length === 0 ? [HINTS[field.kind]] : [];
    return say(
      { ...state, form: { ...form, offered }, pending: undefined },
      ...[...first, ...choices, ...hint, field.question ?? ''],
    );
  }

  function confirm(state: State, form: Form, first: readonly string[]): Step<State> {
    const now = call.now();
    const said = Object.fromEntries(
      fieldsIn(form)
        .filter(({ name }) => name in form.args)
        .map((field) => [field.name, readBack(field, form.args[field.name], now)]),
    );
    const text = tools[form.tool]?.confirm?.(said, call);
    if (fieldsIn(form).length === 0 && !text) return { ...run(state, form), say: first };
    const filled = { ...state, form: { ...form, offered: [] }, pending: undefined };
    return say(filled, ...first, text ?? `I have ${list(Object.values(said))}.`, 'Is that right?');
  }

  const run = (state: State, { tool, args }: Form): Step<State> => ({
    say: [],
    state,
    use: { name: tool, args },
  });

  /** Asks which of several days or times is meant, or says that there is no such one. */
  function clarify(
    state: State,
    form: Form,
    field: Field,
    { why, either }: Doubt,
    first: readonly string[],
  ) {
    const said = why ? [...first, why] : first;
    const all = possible(form, field);
    const values = (all ? either.filter((value) => all.includes(value)) : either).slice(0, CHOICES);
    const now = call.now();
    const open = { ...form, fits: { ...form.fits, [field.kind]: undefined } };
    if (either.length === 0) return ask(state, form, said);
    if (values.length === 0) {
      const taken = `I have nothing for ${sayChoices(field, either, now)}.`;
      return ask(state, open, [...said, taken], either[0]);
    }
    return say(
      { ...state, form: { ...open, offered: values }, pending: undefined },
      ...said,
      `Do you mean ${sayChoices(field, values, now)}?`,
    );
  }

  /** Accepts these values if possible, and asks for what is missing or in doubt. */
  function accept(
    state: State,
    before: Form,
    found: Args,
    first: readonly string[] = [],
    when = NOTHING,
  ): Step<State> {
    const now = call.now();
    const form = { ...narrowed(before, found, when), misses: 0, changing: false };
    const said: string[] = [];
    for (const field of fieldsIn(form)) {
      const value = form.args[field.name];
      if (value === undefined) {
        // What depends on the missing value is checked when that is known.
        if (field.question && !field.optional) break;
        continue;
      }
      const all = possible(form, field);
      const past = isPast(form, field, now);
      if (past || (all && !all.includes(value))) {
        const { [field.name]: _, ...args } = form.args;
        const why = `${sentence(sayValue(field, value, now))} is ${past ? 'past' : 'not available'}.`;
        return ask(state, { ...form, args }, [...first, why], value);
      }
    }
    for (const field of fieldsIn(form)) {
      if (field.name in found && field.kind !== 'text') {
        said.push(readBack(field, form.args[field.name], now));
      }
    }
    const open = askedIn(form);
    // Everything is read back at the end; before that, each answer is repeated as understood.
    const echo = open && said.length > 0 ? [`${sentence(list(said))}.`] : [];
    const doubt = open && isKind(open.kind) && when.doubts[open.kind];
    if (doubt) return clarify(state, form, open, doubt, [...first, ...echo]);
    const others = Object.values(when.doubts).flatMap(({ why, either }) =>
      why && either.length === 0 ? [why] : [],
    );
    return ask(state, form, [...first, ...echo, ...others]);
  }

  function open(state: State, tool: string, heard?: Heard, args: Args = {}): Step<State> {
    const { known } = state;
    const defaults: Record<string, unknown> = {};
    for (const { name, kind, fallback } of fieldsIn({ tool })) {
      const before = kind === 'name' || kind === 'phone' ? known[kind] : undefined;
      const value = (known.by === tool ? undefined : before) ?? fallback;
      if (value !== undefined) defaults[name] = value;
    }
    const empty = { tool, skipped: [], misses: 0, offered: [] };
    const form = { ...empty, args: { ...defaults, ...args } };
    const found = heard ? read(form, heard, undefined, false) : {};
    const when = heard && readWhenIn(form, heard);
    return accept({ ...state, lost: 0 }, form, found, ['Of course.'], when);
  }

  function fill(state: State, form: Form, heard: Heard): Step<State> {
    const { text, words } = heard;
    const field = askedIn(form);
    const again = (...first: string[]) => ask(state, { ...form, misses: 0 }, first);
    const when = readWhenIn(form, heard, field);
    const aside = answers(state, heard)?.say.filter((one) => one !== MORE);
    if (SAID.stop.test(text) && (field?.kind !== 'text' || wordsIn(text) <= SHORT)) {
      return more(state, "All right, I'll leave that.");
    }
    if (field?.kind !== 'text') {
      const name = fieldsIn(form).find((one) => one.kind === 'name' && one.name in form.args);
      if (SAID.spell.test(text) && name && !/\b\w[ ,.-]+\w[ ,.-]+\w\b/.test(words)) {
        return again(`I have ${spell(String(form.args[name.name]))}`);
      }
      if (SAID.wait.test(text) && !notices(form, when)) return wait(state);
      if (aside && isQuestion(words, text)) return again(...aside);
      // A name may be a word of another language.
      if (isForeign(heard, field?.kind === 'name'))
        return again("I'm sorry, I speak only English.");
    }
    const asksFor = intent(heard);
    if (asksFor && asksFor !== form.tool && field?.kind !== 'text')
      return open(state, asksFor, heard);
    if (!field) return answerConfirmation(state, form, heard);
    const one = chosen(form, field, heard);
    // "Tuesday at three" chooses a day; "the second" does not choose a time and a day.
    const found = field.kind === 'day' || one === undefined ? read(form, heard, field, false) : {};
    if (one !== undefined) {
      const { day: _, ...fits } = when.fits;
      const { day: __, ...doubts } = when.doubts;
      const others = field.kind === 'day' ? { fits, doubts } : NOTHING;
      return accept(state, form, { ...found, [field.name]: one }, [], others);
    }
    if (Object.keys(found).length > 0 || notices(form, when))
      return accept(state, form, found, [], when);
    const fits = isKind(field.kind) ? form.fits?.[field.kind] : undefined;
    const all = possible(form, field)?.filter((value) => fits?.(String(value)) ?? true);
    const any = form.offered.length > 0 ? form.offered : all;
    if (SAID.any.test(text) && any?.length) return accept(state, form, { [field.name]: any[0] });
    if (field.optional && SAID.no.test(text)) {
      return ask(state, { ...form, skipped: [...form.skipped, field.name], misses: 0 }, [
        'All right.',
      ]);
    }
    if (form.offered.length > 0 && SAID.no.test(text) && wordsIn(text) <= SHORT) {
      return ask(state, { ...form, offered: [], misses: 0 }, ['All right.']);
    }
    const other = sideRequest(state, heard);
    if (other) return other;
    if (aside) return again(...aside);
    if (SAID.yes.test(text) && wordsIn(text) <= 2) {
      // "Yes" to "this one or that one?"
      const { offered } = form;
      return offered.length > 1
        ? say(state, `Which one: ${sayChoices(field, offered, heard.now)}?`)
        : again('Good.');
    }
    const misses = form.misses + 1;
    const help =
      misses > 2
        ? [`You can also ${appConfig.features.chat ? 'type it, or ' : ''}say never mind.`]
        : [];
    return { ...ask(state, { ...form, misses }, [MISSED, ...help]), lost: true };
  }

  /** The answer to the form that was read back: yes, no, or a correction. */
  function answerConfirmation(state: State, form: Form, heard: Heard): Step<State> {
    const { text, words } = heard;
    const denied = SAID.no.test(text) && !SAID.yes.test(text);
    const loose = denied || form.changing === true || wordsIn(text) <= SHORT;
    const found: Record<string, unknown> = { ...read(form, heard, undefined, loose) };
    const when = readWhenIn(form, heard, undefined, loose);
    const kept = narrowed(form, found, when).args;
    const changes =
      Object.keys(found).length > 0 ||
      fieldsIn(form).some(({ name }) => name in form.args && !(name in kept));
    if (!changes && SAID.yes.test(text)) return run(state, form);
    if (changes) return accept(state, form, found, [], when);
    const named = fieldsIn(form).find(
      ({ name, kind }) => includes(name, text) || includes(ALIASES[kind] ?? '', text),
    );
    const wrong = /\b(?:wrong|change|not right)\b/.test(text) || wordsIn(text) <= 2;
    if (named?.question && (denied || form.changing || wrong)) {
      const { [named.name]: _, ...args } = form.args;
      return ask(state, { ...form, args, misses: 0, changing: false }, ['All right.']);
    }
    const name = fieldsIn(form).find(({ kind }) => kind === 'name');
    const said = name && (denied || form.changing) ? answeredName(words) : undefined;
    if (name && said) return accept(state, form, { [name.name]: said });
    if (denied && fieldsIn(form).length === 0) return more(state, 'All right.');
    if (denied) {
      return say({ ...state, form: { ...form, changing: true } }, 'What should I change?');
    }
    const other = sideRequest(state, heard);
    if (other) return other;
    if (form.changing) {
      const what = list(
        fieldsIn(form)
          .filter((one) => one.question)
          .map((one) => `the ${one.name}`),
        'or',
      );
      return { ...say(state, MISSED, `Please say what is wrong: ${what}.`), lost: true };
    }
    return { ...confirm(state, form, [MISSED]), lost: true };
  }

  // Outside of forms.

  function intent({ text }: Heard): string | undefined {
    if (!mayAsk(text)) return undefined;
    const ids = Object.keys(tools).filter((id) => tools[id]?.asks);
    const undated = text.replace(
      /\b(?:\w+day|tomorrow|next|week|morning|afternoon|o'clock|am|pm|noon|half|past|quarter|\d[\w:]*)\b/g,
      ' ',
    );
    return (
      ids.find((id) => includes(tools[id]?.asks ?? '', text)) ??
      ids.find((id) => abbreviates(tools[id]?.asks ?? '', undated))
    );
  }

  /** Answers to the questions in an utterance, at most two. */
  function answers(state: State, { text, now }: Heard): Step<State> | undefined {
    const { day, time, doubts } = readWhen(text, now);
    let keys = Object.keys(facts).filter((words) => includes(words, text));
    const { fact } = state;
    const follows = fact !== undefined && wordsIn(text) <= SHORT + 2;
    if (keys.length === 0 && (day || doubts.day) && follows) keys = [fact];
    const said = keys.slice(0, 2).map((key) => {
      const answer = facts[key];
      return typeof answer === 'function' ? answer({ text, day, time, now, call }) : (answer ?? '');
    });
    const why = doubts.day?.why ? [doubts.day.why] : [];
    return keys.length > 0 ? more({ ...state, fact: keys[0] }, ...why, ...said) : undefined;
  }

  /** The requested colleague: by name, role, or subject. */
  function requestedColleague({ text }: Heard): Colleague | undefined {
    const asks =
      /\b(?:speak|talk|connect|put|transfer|pass|hand|get|give|back|send|through|want|need)\b/;
    return (
      colleagues.find(
        ({ person, role }) =>
          includes(`${person},${role}`, text) && (asks.test(text) || wordsIn(text) <= 3),
      ) ?? colleagues.find(({ name }) => includes(handoffs[name] ?? '', text))
    );
  }

  function handOff(state: State, { name, person }: Colleague, heard: Heard): Step<State> {
    const { known, form } = state;
    const inForm = form && fieldsIn(form).find(({ kind }) => kind === 'name')?.name;
    const said = inForm ? form?.args[inForm] : known.name;
    const caller = typeof said === 'string' ? said : known.name;
    const summary = `${caller ?? 'The caller'} asked for ${person}. Their words: ${heard.words}`;
    const newRoom = SAID.private.test(heard.text) || undefined;
    const step = say({ ...state, form: undefined }, `Let me get ${person}.`, 'One moment, please.');
    return { ...step, use: { name: 'handOff', args: { to: name, summary, caller, newRoom } } };
  }

  /** Requests besides the current task: those that lead elsewhere, and those that are answered. */
  function sideRequest(state: State, heard: Heard): Step<State> | undefined {
    const { text, words } = heard;
    const scope = Object.entries(outOfScope).find(([phrases]) => includes(phrases, text));
    const tool = intent(heard);
    if (scope && tool !== MESSAGE) {
      return state.form ? ask(state, state.form, [scope[1]]) : offerMessage(state, words, scope[1]);
    }
    if (tool && tool !== state.form?.tool) return open(state, tool, heard);
    const other = requestedColleague(heard);
    if (other) return handOff(state, other, heard);
    if (state.form) return undefined;
    if (!agent.otherwise && SAID.person.test(text)) {
      return offerMessage(state, undefined, "I'm an automated assistant.");
    }
    return answers(state, heard);
  }

  function repeatSummary(state: State): Step<State> {
    if (handoffContext?.kind !== 'handoff')
      return say(state, "I haven't been told anything yet.", 'What is it about?');
    const sentences = handoffContext.summary.split(/(?<=[.!?])\s+/).slice(0, PASSED_ON_MAX);
    return say(
      state,
      `${handoffContext.from.person} told me this.`,
      ...sentences,
      'What can I do for you?',
    );
  }

  function smallTalk(state: State, heard: Heard): Step<State> {
    const { text } = heard;
    if (SAID.passedOn.test(text)) return repeatSummary(state);
    if (SAID.identity.test(text)) {
      return say(state, `I'm ${agent.person}, an automated assistant.`, agent.help);
    }
    if (SAID.spell.test(text) && state.known.name) {
      return more(state, `I have ${spell(state.known.name)}`);
    }
    if (SAID.help.test(text)) return say(state, agent.help);
    if (SAID.wait.test(text)) return wait(state);
    if (SAID.thanks.test(text)) return more(state, "You're welcome.");
    if (SAID.hello.test(text)) return say(state, 'Hello.', 'How can I help?');
    if ((SAID.yes.test(text) && wordsIn(text) <= SHORT) || /\ba question$/.test(text)) {
      return say(state, 'Go ahead.', 'What can I do for you?');
    }
    if (isForeign(heard)) return say(state, "I'm sorry, I speak only English.", agent.help);
    if (KEYS.test(heard.words)) return say(state, 'There is no menu: just tell me.', agent.help);
    return notUnderstood(state);
  }

  function hear(before: State, words: string, { now, running }: Moment): Step<State> {
    const { form, pending } = before;
    // In answer to "What day?", "3.12" is no time, and "3-12" no range of hours.
    const isDay = form && askedIn(form)?.kind === 'day';
    const date = isDay ? /^\s*(\d{1,2})([.-])(\d{1,2})\s*$/.exec(words) : null;
    const text = corrected(
      date ? (date[2] === '.' ? `${date[1]}.${date[3]}.` : `${date[1]}/${date[3]}`) : words,
    );
    const heard = { words, text, now };
    const urgent = Object.entries(emergencies).find(([phrases]) => includes(phrases, text))?.[1];
    if (urgent) return say({ ...before, urgent, pending: undefined }, urgent);
    if (running) {
      const answer = answers(before, heard)?.say.filter((one) => one !== MORE);
      return answer ? say(before, ...answer) : wait(before, 'One moment, please.');
    }
    const state = { ...before, pending: undefined };
    if (SAID.repeat.test(text) && state.last.length > 0 && !agent.otherwise) {
      return { say: state.last, state: before, again: true };
    }
    const writing = form && askedIn(form)?.kind === 'text';
    const longBye = (writing || agent.otherwise) && wordsIn(text) > SHORT + 1;
    const calm = { ...state, urgent: undefined, lost: 0 };
    if (SAID.bye.test(text) && !longBye && (!SAID.refuses.test(text) || endsWithBye(text))) {
      return goodbye(calm);
    }
    if (form) return fill(calm, form, heard);
    if (pending === 'message' && SAID.noAlone.test(text)) return more(calm, 'All right.');
    if (pending === 'message' && (SAID.yes.test(text) || includes('message', text))) {
      const text = fieldsIn({ tool: MESSAGE }).find(({ kind }) => kind === 'text')?.name ?? '';
      return open(calm, MESSAGE, undefined, state.message ? { [text]: state.message } : {});
    }
    const nothingMore = SAID.done.test(text) && wordsIn(text) <= SHORT + 2;
    // A no with more words is a correction: "No, I meant today."
    const ends = SAID.noAlone.test(text) || (nothingMore && !SAID.refuses.test(text));
    if (pending === 'more' && ends) return goodbye(calm);
    if (before.urgent && SAID.noAlone.test(text)) return more(calm, 'All right.');
    if (nothingMore && ends) return more(calm, 'All right.');
    const step = sideRequest(calm, heard);
    if (step) return step;
    if (!agent.otherwise) return smallTalk(state, heard);
    const { offer, ...reply } = agent.otherwise(words, call);
    return {
      ...reply,
      state: { ...calm, last: reply.say, pending: offer ? 'message' : undefined },
    };
  }

  function toolReturned(state: State, use: ToolUse, output: unknown, failed: boolean): Step<State> {
    const { name, args } = use;
    if (name === 'endCall') return { say: [], state };
    if (name === 'handOff') {
      // After a handoff the tool returns nothing, and the colleague speaks.
      if (!failed && !output) return { say: [], state };
      const person = colleagues.find((one) => one.name === args.to)?.person ?? 'my colleague';
      const asked = /Their words: (.*)$/s.exec(String(args.summary))?.[1];
      return offerMessage(state, asked, `I'm sorry, ${person} is not free right now.`);
    }
    if (failed) return offerMessage(state, undefined, "I'm sorry, that did not work.");
    const result = (typeof output === 'object' && output ? output : { say: output }) as Exclude<
      ToolResult,
      string
    >;
    if (result.retry) {
      const { [result.retry]: wanted, ...kept } = args;
      const form = { tool: name, args: kept, skipped: [], misses: 0, offered: [] };
      return ask(state, form, [result.say], wanted);
    }
    const known = { ...state.known };
    for (const { name: field, kind } of fieldsIn({ tool: name })) {
      if ((kind === 'name' || kind === 'phone') && typeof args[field] === 'string') {
        Object.assign(known, { [kind]: args[field], by: name });
      }
    }
    const done = { ...state, form: undefined, known };
    const text = String(result.say ?? '');
    return result.offer ? offerMessage(done, undefined, text) : more(done, text);
  }

  /** Words, and what is heard instead of them. */
  const misheard = Object.entries(agent.soundsLike ?? {}).map(([word, heardAs]) => {
    const ways = heardAs.split(',').map((way) => plain(way));
    return { word, pattern: new RegExp(`\\b(?:${ways.join('|')})\\b`, 'g') };
  });

  /** Plain text, with misheard words corrected. */
  function corrected(words: string): string {
    return misheard.reduce((text, { word, pattern }) => text.replace(pattern, word), plain(words));
  }

  const caller = handoffContext?.kind === 'handoff' ? handoffContext.caller : undefined;
  // Whoever missed the greeting can ask for it.
  const last = handoffContext ? [] : [agent.greeting];
  return spoken({
    start: { last, lost: 0, known: caller === undefined ? {} : { name: caller } },
    hear: (state, words, moment) => ({
      ...hear(state, words, moment),
      goOn: !agent.otherwise && SAID.goOn.test(corrected(words)),
    }),
    toolReturned,
  });
}

/** Whether the utterance ends with a goodbye, except for a word or two: "No, goodbye, Ada." */
function endsWithBye(text: string): boolean {
  const bye = SAID.bye.exec(text);
  return bye !== null && wordsIn(text.slice(bye.index + bye[0].length)) <= 2;
}

/** Whether the caller speaks another language, or asks for one. */
function isForeign({ text }: Heard, sure = false): boolean {
  if (SAID.asksLanguage.test(text)) return true;
  const found = new Set(text.match(new RegExp(SAID.foreign, 'gu')));
  return found.size > 1 || (!sure && found.size === 1 && wordsIn(text) <= 3);
}
