// Loads the code of a call when a call is likely. Separate from the store, which that code imports.
import { CodeNotLoaded, isIdle, setCallCode } from './call-store';

const load = () =>
  import('./live-code').catch((error: unknown) => {
    throw new CodeNotLoaded('The code of the call could not be loaded', { cause: error });
  });
const liveCode = async () => (await load()).liveCode();
setCallCode(liveCode);

/** Loads the code of a call ahead of the click, without running it. */
export function prepareCall(): void {
  load().catch(() => {});
}

/** Prepares for a likely call on this LiveKit server. Does not call anybody. */
export function expectCall(serverUrl: string): void {
  liveCode()
    .then(({ prepareConnection }) => prepareConnection(serverUrl, isIdle))
    .catch(() => {});
}
