// What one web process of several shows: whether it watches the calls for all, and what its pages are told.

/** Whether a web process watches, by its metrics. */
export async function watches(url: string): Promise<boolean> {
  const text = await (await fetch(`${url}/api/metrics`)).text();
  return /^callboard_watcher 1$/m.test(text);
}

/** A page that is open on a list of calls. */
export interface OpenPage {
  /** Ids of the calls that it was told of. */
  readonly told: readonly string[];
  close(): void;
}

/** Opens one at this web process, or at the proxy before several. */
export function openPage(url: string): OpenPage {
  const told: string[] = [];
  const stopping = new AbortController();
  const run = async () => {
    const answer = await fetch(`${url}/api/calls/changes`, { signal: stopping.signal });
    const decoder = new TextDecoder();
    for await (const chunk of answer.body ?? []) {
      for (const [, id = ''] of decoder.decode(chunk).matchAll(/data: {"id":"([^"]+)"}/g)) {
        told.push(id);
      }
    }
  };
  run().catch(() => undefined);
  return { told, close: () => stopping.abort() };
}
