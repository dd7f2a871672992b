'use client';
// The video of a call, loaded in calls that have some: most have none, and its code, with LiveKit's components, would be a
// tenth of what each call loads. A call goes on without it if it cannot be loaded.
import { type ComponentProps, lazy, type ReactNode, Suspense } from 'react';
import { appConfig } from '@/app-config';

type Video = typeof import('@/components/call/video');

const { camera, screenShare } = appConfig.features;
/** Whether callers may show something. */
const OWN = camera || screenShare;

/** In the place of a part that could not be loaded. */
const Without = ({ children }: { readonly children?: ReactNode }) => <>{children}</>;

const load = <Part,>(partOf: (code: Video) => Part) =>
  import('@/components/call/video').then(
    (code): { default: Part | typeof Without } => ({ default: partOf(code) }),
    () => ({ default: Without }),
  );

const LoadedAgentVideo = lazy(() => load((code) => code.AgentVideo));
const LoadedOwnVideo = lazy(() => load((code) => code.OwnVideo));
const LoadedToggles = lazy(() => load((code) => code.VideoToggles));

/** See `video.tsx`. For calls in which an agent shows video. */
export const AgentVideo = (props: ComponentProps<Video['AgentVideo']>) => (
  <Suspense fallback={props.children}>
    <LoadedAgentVideo {...props} />
  </Suspense>
);

/** See `video.tsx`. Nothing where callers may not show any. */
export const OwnVideo = (props: ComponentProps<Video['OwnVideo']>) =>
  OWN && (
    <Suspense>
      <LoadedOwnVideo {...props} />
    </Suspense>
  );

/** See `video.tsx`. Nothing where callers may not show any. */
export const VideoToggles = (props: ComponentProps<Video['VideoToggles']>) =>
  OWN && (
    <Suspense>
      <LoadedToggles {...props} />
    </Suspense>
  );
