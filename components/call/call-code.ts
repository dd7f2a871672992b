// Loads the code of a call when one is likely. It is apart from the store, which the code of a call imports.
import { isIdle, setCallCode } from './call-store';

const load = () => import('./live-code');
const liveCode = async () => (await load()).liveCode();
setCallCode(liveCode);

/** Loads the code of a call ahead of the click, and runs nothing of it. */
export function prepareCall(): void {
  load().catch(() => {});
}

/** Gets ready for a call that is likely now, by this LiveKit server. Nobody is called by it. */
export function expectCall(serverUrl: string): void {
  liveCode()
    .then(({ prepareConnection }) => prepareConnection(serverUrl, isIdle))
    .catch(() => {});
}
