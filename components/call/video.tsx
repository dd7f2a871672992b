'use client';
// Video in a call: the agent's, or its avatar's, in place of the visualizer; and the caller's camera and screen, for agents
// with a model that sees. Loaded by `lazy-video.tsx` where there is any.
import {
  useRemoteParticipants,
  useTracks,
  useTrackToggle,
  VideoTrack,
} from '@livekit/components-react';
import { MediaDeviceFailure, type Room, RoomEvent, Track } from 'livekit-client';
import { type LucideIcon, ScreenShare, Video } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { appConfig } from '@/app-config';
import { isSeen } from '@/components/call/session/presence';
import { VISUALIZER_BOX } from '@/components/call/visualizer';
import { canShareScreen, canUseCamera } from '@/components/ui/browser';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';

const { Camera, ScreenShare: Screen } = Track.Source;

interface InRoom {
  readonly room: Room;
}

interface AgentVideoProps extends InRoom {
  /** Display name of the agent. */
  readonly person: string;
  /** The visualizer. */
  readonly children: ReactNode;
}

/** The video of the agent, or of its avatar, in the place of the visualizer. */
export function AgentVideo({ room, person, children }: AgentVideoProps) {
  const t = useTranslations('call');
  const track = useTracks([Camera, Screen], { room }).find(
    ({ participant, publication }) => participant.isAgent && !publication.isMuted,
  );
  if (!track) return <>{children}</>;
  return (
    <VideoTrack
      trackRef={track}
      aria-label={t('video.of', { person })}
      className={cn('rounded-lg object-contain', VISUALIZER_BOX)}
    />
  );
}

/** What the caller shows, as the agent sees it. */
export function OwnVideo({ room }: InRoom) {
  const t = useTranslations('call');
  // A camera that is off is a muted track.
  const own = useTracks([Camera, Screen], { room }).filter(
    ({ participant, publication }) => participant.isLocal && !publication.isMuted,
  );
  if (own.length === 0) return null;
  return (
    <div className="mt-3 flex max-w-full flex-none justify-center gap-2">
      {own.map((track) => (
        <VideoTrack
          key={track.source}
          trackRef={track}
          aria-label={track.source === Camera ? t('video.ownCamera') : t('video.ownScreen')}
          className="h-20 min-w-0 rounded-md border border-border lg:h-24"
        />
      ))}
    </div>
  );
}

/** An agent looks at a picture when it answers: few frames are enough, and cost little. */
const FRAME_RATE = 5;
const CAPTURE = {
  [Camera]: { resolution: { width: 960, height: 540, frameRate: FRAME_RATE } },
  [Screen]: { resolution: { width: 1920, height: 1080, frameRate: FRAME_RATE } },
};
/** Only the agent subscribes, to one size. */
const PUBLISH = { simulcast: false };

interface ToggleProps extends InRoom {
  readonly source: typeof Camera | typeof Screen;
  readonly label: string;
  readonly Icon: LucideIcon;
  readonly className: string;
  readonly onProblem: (problem: string | undefined) => void;
}

function Toggle({ room, source, label, Icon, className, onProblem }: ToggleProps) {
  const t = useTranslations('call');
  const { enabled, pending, toggle } = useTrackToggle({
    room,
    source,
    captureOptions: CAPTURE[source],
    publishOptions: PUBLISH,
    onDeviceError(error) {
      const failure = MediaDeviceFailure.getFailure(error);
      // Closing the browser's list of screens is not an error.
      if (failure === MediaDeviceFailure.PermissionDenied && source === Screen) return;
      onProblem(t(`video.problem.${failure ?? MediaDeviceFailure.Other}`));
    },
  });
  return (
    <Button
      aria-pressed={enabled}
      aria-label={label}
      title={label}
      disabled={pending}
      onClick={() => {
        onProblem(undefined);
        void toggle();
      }}
      className={className}
    >
      <Icon aria-hidden="true" className="size-5" />
    </Button>
  );
}

interface VideoTogglesProps extends InRoom {
  readonly className: string;
  readonly onProblem: (problem: string | undefined) => void;
}

/** Camera and screen, where they are on in app-config.ts, while an agent sees them. */
export function VideoToggles({ room, className, onProblem }: VideoTogglesProps) {
  const t = useTranslations('call');
  const { camera, screenShare } = appConfig.features;
  const others = useRemoteParticipants({
    room,
    updateOnlyOn: [
      RoomEvent.ParticipantConnected,
      RoomEvent.ParticipantDisconnected,
      RoomEvent.ParticipantAttributesChanged,
    ],
  });
  if (!isSeen(others)) return null;
  const shared = { room, className, onProblem };
  return (
    <>
      {camera && canUseCamera() && (
        <Toggle source={Camera} label={t('video.camera')} Icon={Video} {...shared} />
      )}
      {screenShare && canShareScreen() && (
        <Toggle source={Screen} label={t('video.screen')} Icon={ScreenShare} {...shared} />
      )}
    </>
  );
}
