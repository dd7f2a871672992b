// A part that is stuck before the first words of a call; where one call can show both, between later words as well.
import { stuckAtFirstAndLater, stuckParts } from '@/agent/watchdog/testing/stuck-parts';

stuckParts(0);
stuckAtFirstAndLater();
