// A part that is stuck before the first words of a call.
import { stuckParts } from '@/agent/watchdog/testing/stuck-parts';

stuckParts(0);
