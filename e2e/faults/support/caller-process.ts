// A caller as a process of its own, for tests that kill it as a browser is killed.
import { Room } from '@livekit/rtc-node';

const [, , url = '', token = ''] = process.argv;
await new Room().connect(url, token);
process.stdout.write('joined\n');
