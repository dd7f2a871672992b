// A part that is stuck between other words of a call.
import { stuckParts } from '@/agent/watchdog/testing/stuck-parts';

stuckParts(1);
