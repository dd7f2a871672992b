// Ada as the spoken dialogues have her: the agent that answers calls, at the time of the written ones.
import type { CallHandle } from '../agent-definition';
import { frontDesk } from '../agents/front-desk';
import { NOW } from '../brains/testing/practice';
import { callJob } from '../job';

const still = (call: CallHandle): CallHandle =>
  Object.create(call, { now: { value: () => NOW } }) as CallHandle;

export default callJob({
  ...frontDesk,
  tools: (call) => frontDesk.tools(still(call)),
  brain: (call) => frontDesk.brain(still(call)),
});
