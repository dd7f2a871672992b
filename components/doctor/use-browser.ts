'use client';
// The browser's own findings, kept until it is examined again.
import { useCallback, useEffect, useState } from 'react';
import { useTexts } from '@/components/language/language';
import type { Finding } from '@/lib/doctor/finding';
import { doctorTexts } from '@/lib/text/doctor';
import { browserPlan, examineBrowser } from './browser-checks';

export function useBrowser() {
  const plan = browserPlan(useTexts(doctorTexts));
  const [findings, setFindings] = useState<ReadonlyMap<string, Finding>>(new Map());
  const [looking, setLooking] = useState(true);
  const tell = useCallback((finding: Finding) => {
    setFindings((last) => new Map(last).set(finding.id, finding));
  }, []);

  const examine = useCallback(async () => {
    setFindings(new Map());
    setLooking(true);
    await examineBrowser(tell);
    setLooking(false);
  }, [tell]);

  const tryMicrophone = useCallback(
    () => void examineBrowser(tell, { mayAsk: true, only: 'browser:microphone' }),
    [tell],
  );

  useEffect(() => void examine(), [examine]);
  return { plan, findings, looking, examine, tryMicrophone };
}
