// Whether a call shows what only developers need: latencies, the deployment and the time of tools.
import { useGuest, useMay } from '@/components/accounts/visitor';
import { useEmbedded } from '@/components/embed/use-embedded';
import { useSettings } from '@/components/settings/settings-store';

/** Never to callers: they may not watch calls, come by an invitation, or call from another site. */
export function useDeveloperDetails(): boolean {
  const { developer } = useSettings();
  const mayWatch = useMay('watch');
  const guest = useGuest();
  const embedded = useEmbedded();
  return developer && mayWatch && !guest && !embedded;
}
