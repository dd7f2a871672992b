// Whether a call shows details for developers: latencies, the deployment and tool timings.
import { useEmbedded, useGuest, usePermission } from '@/components/accounts/visitor';
import { useSettings } from '@/components/settings/settings-store';

/** Never shown to callers, guests or visitors of an embedded frame. */
export function useDeveloperDetails(): boolean {
  const { developer } = useSettings();
  const mayWatch = usePermission('watch');
  const guest = useGuest();
  const embedded = useEmbedded();
  return developer && mayWatch && !guest && !embedded;
}
