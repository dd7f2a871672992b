// Loads the code of a call when a call is likely. Separate from the store, which that code imports.
import { isIdle, setCallCode } from './call-store';

const load = () => import('./live-code');
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
