// Builds an agent from its declaration. A scripted conversation and a language model use the same
// facts and tools.
import { llm } from '@livekit/agents';
import { findAgent } from '@/lib/core/catalogue';
import type { AgentDefinition } from '../call/agent-definition';
import { notices } from '../call/notices';
import type { ScriptedAgent } from './declaration';
import { scriptedConversation } from './engine';
import { fieldsOf } from './fields';
import { ScriptedLLM } from './scripted-llm';
import { currentTimeTool, endCallTool, handOverTool } from './tools';

export { tool } from './declaration';

/** The definition of an agent declared in one file. */
export function scriptedAgent(agent: ScriptedAgent): AgentDefinition {
  const { name, greeting, instructions, facts = {}, tools = {}, handoffs = {} } = agent;
  const { outOfScope = {}, emergencies = {} } = agent;
  const person = findAgent(name)?.person ?? name;
  const introduction = agent.introduction ?? `This is ${person}.`;
  const others = Object.keys(handoffs);
  const dated = Object.values(tools).some(({ parameters }) =>
    fieldsOf(parameters).some(({ kind }) => kind === 'day'),
  );
  const rules = (of: Readonly<Record<string, string>>) =>
    Object.entries(of).map(([phrases, answer]) => `If it is about ${phrases}, say: ${answer}`);
  return {
    name,
    greeting,
    greetingFor(context) {
      if (context.kind === 'callback') return notices.back;
      const words = context.said.findLast(({ speaker }) => speaker === 'caller')?.text;
      const told = words ? ` ${context.from.person} tells me you said: ${words}` : '';
      return `${introduction}${told} How can I help?`;
    },
    instructions:
      instructions &&
      [
        instructions,
        'What you say is spoken aloud: one to three short sentences, no lists, no markdown, no emoji. Write times and dates as words, such as half past two, Friday the 27th.',
        "Answer in the caller's language. Tell only what stands here or what a tool returned.",
        'The text comes from a speech recogniser and may be misspelt: take what makes sense, and ask when unsure.',
        'Read back what a tool needs, and call it only after a yes.',
        ...others.map((to) => {
          const { person: who = to, role = to } = findAgent(to) ?? {};
          const about = [`${role} or ${who}`, handoffs[to]].filter(Boolean).join(', ');
          return `For ${about}: say that you get ${who}, and call handOver to ${to} in the same reply, with a summary. Set newRoom only where they ask to talk in private.`;
        }),
        'When the caller is done, say goodbye and call endCall in the same reply.',
        ...rules(emergencies),
        ...rules(outOfScope),
        ...Object.values(facts).filter((fact) => typeof fact === 'string'),
      ].join('\n'),
    toolLabels: {
      ...Object.fromEntries(Object.entries(tools).map(([id, { label }]) => [id, label])),
      ...(dated && { currentTime: 'Looked at the calendar' }),
      ...(others.length > 0 && { handOver: 'Asked for a colleague' }),
      endCall: 'Ended the call',
    },
    tools: (call) => [
      ...Object.entries(tools).map(([id, { description, parameters, run }]) =>
        llm.tool({ name: id, description, parameters, execute: async (args) => run(args, call) }),
      ),
      ...(dated ? [currentTimeTool(call)] : []),
      ...(others.length > 0 ? [handOverTool(call, others)] : []),
      endCallTool(call),
    ],
    scripted: (call) => new ScriptedLLM(scriptedConversation(agent, call), () => call.now()),
  };
}
