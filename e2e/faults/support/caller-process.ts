// A caller in a separate process, for tests that kill it like a browser.
import { Room } from '@livekit/rtc-node';

const [, , url = '', token = ''] = process.argv;
await new Room().connect(url, token);
process.stdout.write('joined\n');
