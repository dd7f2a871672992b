// One deployment as it is at this moment: its light, its workers and how full they are, or why it is off.
import type { Light } from '@/components/call/agents-store';
import { useTexts } from '@/components/language/language';
import { Chip, type ChipTone } from '@/components/ui/chip';
import type { TextsOf } from '@/lib/language/language';
import { agentsTexts } from '@/lib/text/agents';
import type { DeploymentStatus } from '@/lib/workers';

const TONES: Record<Light, ChipTone> = {
  checking: 'off',
  live: 'go',
  busy: 'standby',
  off: 'off',
  unknown: 'off',
};
/** Characters of a problem that fit beside the light. Longer ones get the card's width. */
const SHORT = 40;

/** The problem that does not fit beside the light: long, or of one worker while others are live. */
export function longProblem(status: DeploymentStatus | undefined): string | undefined {
  if (!status?.problem) return undefined;
  // Its worker says so itself, in the list of workers.
  if (status.workerDetails.some(({ error }) => error === status.problem)) return undefined;
  return status.live || status.problem.length > SHORT ? status.problem : undefined;
}

/** Two short lines at most, whatever there is to say: a worker that comes or goes moves nothing. */
function lines(
  status: DeploymentStatus,
  { figures }: TextsOf<typeof agentsTexts>['agentsText'],
): string[] {
  const { live, workers, activeJobs, maxJobs, problem } = status;
  if (live) return [figures.workers(workers), figures.jobs(activeJobs, maxJobs)];
  const broken = status.workerDetails.some(({ state }) => state === 'broken');
  const short = problem && problem.length <= SHORT ? problem : figures.workers(0);
  const why = broken ? figures.broken : short;
  return activeJobs > 0 ? [why, figures.leaving(activeJobs)] : [why];
}

interface NowProps {
  readonly light: Light;
  readonly status: DeploymentStatus | undefined;
}

export function Now({ light, status }: NowProps) {
  const { agentsText } = useTexts(agentsTexts);
  const { figures } = agentsText;
  return (
    <>
      <Chip
        tone={TONES[light]}
        label={light === 'checking' ? figures.checking : undefined}
        className="max-[379px]:px-2"
      >
        {figures.light[light]}
      </Chip>
      <span className="mt-1.5 block min-h-10 text-[13px] text-soft leading-5">
        {status &&
          lines(status, agentsText).map((line) => (
            <span key={line} className="block">
              {line}
            </span>
          ))}
      </span>
    </>
  );
}
