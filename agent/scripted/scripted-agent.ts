// Builds an agent from its declaration, with the tools that all agents share. A scripted conversation and a language
// model use the same facts and tools.
import { llm } from '@livekit/agents';
import { z } from 'zod';
import type { AgentDefinition, CallHandle } from '@/agent/core/agent-definition';
import { notices } from '@/agent/core/notices';
import {
  type Colleague,
  colleaguesOf,
  type ScriptedAgent,
  type ScriptedTool,
} from '@/agent/scripted/declaration';
import { scriptedConversation } from '@/agent/scripted/engine';
import { fieldsOf, personName, phoneNumber } from '@/agent/scripted/fields';
import { ScriptedLLM } from '@/agent/scripted/scripted-llm';
import { dayFrom, timeOf, weekdayOf } from '@/agent/scripted/when';
import type { Outcomes } from '@/lib/core/outcome';

/** A tool whose arguments are typed by its schema. */
export const tool = <Parameters extends z.ZodObject>(of: ScriptedTool<Parameters>): ScriptedTool =>
  of as unknown as ScriptedTool;

/** Speech recognition and callers who type may leave out the stop, and the next sentence would run on. */
const asSentence = (words: string) => (/[.!?…]["'”’)]*$/.test(words) ? words : `${words}.`);

/** The definition of an agent declared in one file. */
export function scriptedAgent(agent: ScriptedAgent): AgentDefinition {
  const { name, person, role, summary, voice, deployments, handOff } = agent;
  const { greeting, instructions, facts = {}, tools = {}, handoffs = {} } = agent;
  const { introduction = `This is ${person}.`, outOfScope = {}, emergencies = {} } = agent;
  const colleagues = colleaguesOf(agent);
  const dated = Object.values(tools).some(({ parameters }) =>
    fieldsOf(parameters).some(({ kind }) => kind === 'day'),
  );
  const rules = (of: Readonly<Record<string, string>>) =>
    Object.entries(of).map(([phrases, answer]) => `If it is about ${phrases}, say: ${answer}`);
  return {
    ...{ name, person, role, summary, voice, deployments, handOff },
    outcomes: { ...agent.outcomes, ...(Object.values(tools).includes(takeMessage) && MESSAGE) },
    greeting,
    vocabulary: agent.vocabulary,
    greetingFor(context) {
      if (context.kind === 'callback') return notices.back;
      const words = context.said.findLast(({ speaker }) => speaker === 'caller')?.text;
      const asked = words ? ` ${context.from.person} tells me you said: ${asSentence(words)}` : '';
      return `${introduction}${asked} How can I help?`;
    },
    instructions:
      instructions &&
      [
        instructions,
        'What you say is spoken aloud: one to three short sentences, no lists, no markdown, no emoji. Write times and dates as words, such as half past two, Friday the 27th.',
        "Answer in the caller's language. Tell only what stands here or what a tool returned.",
        'The text comes from a speech recognizer and may be misspelt: take what makes sense, and ask when unsure.',
        'Where an answer of yours ends with "…", the caller spoke and has heard no more of it. Answer their words first.',
        'Read back what a tool needs, and call it only after a yes.',
        ...colleagues.map(({ name: to, person: who, role: does }) => {
          const about = [does, who, handoffs[to]].filter(Boolean).join(', ');
          return `For ${about}: say that you get ${who}, and call handOff to ${to} in the same reply, with a summary. Set newRoom only where they ask to talk in private.`;
        }),
        'When the caller is done, say goodbye and call endCall in the same reply.',
        ...rules(emergencies),
        ...rules(outOfScope),
        ...Object.values(facts).filter((fact) => typeof fact === 'string'),
      ].join('\n'),
    toolLabels: {
      ...Object.fromEntries(Object.entries(tools).map(([id, { label }]) => [id, label])),
      ...(dated && { currentTime: 'Looked at the calendar' }),
      ...(colleagues.length > 0 && { handOff: 'Asked for a colleague' }),
      endCall: 'Ended the call',
    },
    tools: (call) => [
      ...Object.entries(tools).map(([id, { description, parameters, run }]) =>
        llm.tool({ name: id, description, parameters, execute: async (args) => run(args, call) }),
      ),
      ...(dated ? [currentTimeTool(call)] : []),
      ...(colleagues.length > 0 ? [handoffTool(call, colleagues)] : []),
      endCallTool(call),
    ],
    scripted: (call) => new ScriptedLLM(scriptedConversation(agent, call), () => call.now()),
  };
}

/** Days of the calendar given to a model, so that it can count days. */
const CALENDAR_DAYS = 14;

/** Ends the call once the goodbye of the same reply has been played. Generates no reply. */
function endCallTool(call: CallHandle): llm.ToolContextEntry {
  return llm.tool({
    name: 'endCall',
    description:
      'Ends the call. Use it when the caller is done, and say goodbye in the same reply, before it.',
    parameters: z.object({}),
    execute: async () => {
      call.end();
    },
  });
}

/** The time and the next days, which a model does not know. */
function currentTimeTool(call: CallHandle): llm.ToolContextEntry {
  return llm.tool({
    name: 'currentTime',
    description:
      'Tells the time and date now, and the dates of the next days. Call it before you speak of days.',
    parameters: z.object({}),
    execute: async () => {
      const now = call.now();
      const days = Array.from({ length: CALENDAR_DAYS }, (_, i) => dayFrom(now, i));
      return {
        time: timeOf(now),
        today: dayFrom(now),
        days: days.map((day) => `${weekdayOf(day)} ${day}`),
      };
    },
  });
}

/**
 * Hands the caller to a colleague while the announcement of the same reply is spoken. Generates a reply only if nobody joins.
 */
function handoffTool(call: CallHandle, colleagues: readonly Colleague[]): llm.ToolContextEntry {
  const who = colleagues.map(({ name, person, summary }) => `${name} (${person}): ${summary}`);
  return llm.tool({
    name: 'handOff',
    description: `Hands the caller off to a colleague. Announce the colleague by name in the same reply, before it. There are: ${who.join('; ')}.`,
    parameters: z.object({
      to: z.enum(colleagues.map(({ name }) => name)).describe('Which colleague'),
      summary: z
        .string()
        .trim()
        .min(1)
        .max(2_000)
        .describe('For the colleague: what the caller wants and what was done in this call'),
      caller: z.string().max(80).optional().describe('Name of the caller, where they said it'),
      newRoom: z
        .boolean()
        .optional()
        .describe('Whether the caller asked to talk in private, in a room of their own'),
    }),
    execute: async ({ to: agent, ...context }, { ctx }) => {
      // If interrupted, the framework would drop the result and the caller would not learn that nobody joined.
      ctx.disallowInterruptions();
      const outcome = await call.handOff({ agent, ...context }, () => ctx.waitForPlayout());
      ctx.speechHandle.allowInterruptions = true;
      if (outcome === 'handed off') return undefined;
      return {
        handedOff: false,
        why: 'Nobody came. Tell the caller, and offer to take a message.',
      };
    },
  });
}

const MESSAGE: Outcomes = {
  message: { label: { en: 'message taken', de: 'Nachricht aufgenommen' }, tone: 'good' },
};

/** Takes a message: its arguments are in the call's transcript, where the team reads them. */
export const takeMessage = tool({
  description: 'Takes a message, once it was read back to the caller.',
  label: 'Wrote the message down',
  asks: 'take a message, leave a message, leave message, message for, pass on, call me back, phone me back, ring me back, get back to me',
  parameters: z.object({
    message: z.string().trim().min(1).max(2_000).describe('What is the message?'),
    name: personName().describe('What name shall I put on it?'),
    phone: phoneNumber().optional().describe('What number can we call you on?'),
  }),
  confirm: ({ message = '', name, phone }) => {
    const from = `The message is from ${name}${phone ? `, number ${phone}` : ''}`;
    return `${from}: ${message}${/[.!?]$/.test(message) ? '' : '.'}`;
  },
  run: ({ name }, call) => {
    call.outcome('message', name);
    return 'Your message is passed on.';
  },
});
