// State of one of several web processes: whether it is the leader, and which changes its pages receive.

/** Whether a web process is the leader, by its metrics. */
export async function isLeader(url: string): Promise<boolean> {
  const text = await (await fetch(`${url}/api/metrics`)).text();
  return /^callboard_watcher 1$/m.test(text);
}

/** An open page with a list of calls. */
export interface OpenPage {
  /** Ids of the changed calls it received. */
  readonly changed: readonly string[];
  close(): void;
}

/** Opens a page at this web process or at the proxy. */
export function openPage(url: string): OpenPage {
  const changed: string[] = [];
  const stopping = new AbortController();
  const run = async () => {
    const answer = await fetch(`${url}/api/calls/changes`, { signal: stopping.signal });
    const decoder = new TextDecoder();
    for await (const chunk of answer.body ?? []) {
      for (const [, id = ''] of decoder.decode(chunk).matchAll(/data: {"id":"([^"]+)"}/g)) {
        changed.push(id);
      }
    }
  };
  run().catch(() => undefined);
  return { changed, close: () => stopping.abort() };
}
