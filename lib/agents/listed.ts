// An agent with the state of its workers, as in the list. Pure, and without zod, for the browser.
import type { ListedAgent } from '@/lib/agents/agent';
import type { AgentStatus } from '@/lib/agents/answers';

export const listedOf = ({
  name,
  person,
  role,
  summary,
  source,
  public: isPublic,
  replace_stuck,
  deployments,
}: AgentStatus): ListedAgent => ({
  ...{ name, person, role, summary, source, public: isPublic, replace_stuck },
  deployments: deployments.map((one) => one.name) as [string, ...string[]],
});
