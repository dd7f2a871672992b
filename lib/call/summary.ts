// The summary of a call after its end: its agents and outcome. Pure.
import type { Line } from '@/lib/call/line';
import { type Field, fieldsOf } from '@/lib/call/tool-fields';

/**
 * Names of the active agents, in order.
 * @param first the called agent; undefined if unknown
 */
export function agentsIn(first: string | undefined, lines: readonly Line[]): readonly string[] {
  const handoffs = lines.flatMap((line) =>
    line.kind === 'divider' && line.divider.what === 'handoff'
      ? [line.divider.from, line.divider.to]
      : [],
  );
  const all = first === undefined ? handoffs : [first, ...handoffs];
  return all.filter((name, at) => name !== all[at - 1]);
}

/** The outcome of a call, with the arguments and the result of the tool that reported it. */
export interface CallOutcome {
  /** Its name. */
  readonly outcome: string;
  /** The arguments; empty if the agent does not send them. */
  readonly details: readonly Field[];
  readonly result: string;
}

/** The last outcome that a tool reported; undefined if none did. */
export function outcomeIn(lines: readonly Line[]): CallOutcome | undefined {
  const line = lines.findLast((one) => one.kind === 'tool' && one.outcome !== undefined);
  if (line?.kind !== 'tool' || line.outcome === undefined) return undefined;
  const result = fieldsOf(line.result ?? '').map(({ name, value }) =>
    name ? `${name}: ${value}` : value,
  );
  return {
    outcome: line.outcome,
    details: fieldsOf(line.args ?? ''),
    result: result.join(', '),
  };
}
