// A WAV file that grows during a call. Its header is rewritten after each write, so that it can be
// played at any time, even if this process is killed in between.
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { RECORDING_CHANNELS, RECORDING_RATE } from '../../../lib/recordings/recording';

const HEADER = 44;

/** Header of a 16-bit PCM file with this many bytes of samples. */
function recordingHeader(bytes: number): Buffer {
  const header = Buffer.alloc(HEADER);
  const frame = RECORDING_CHANNELS * 2;
  header.write('RIFF', 0);
  header.writeUInt32LE(HEADER - 8 + bytes, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(RECORDING_CHANNELS, 22);
  header.writeUInt32LE(RECORDING_RATE, 24);
  header.writeUInt32LE(RECORDING_RATE * frame, 28);
  header.writeUInt16LE(frame, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(bytes, 40);
  return header;
}

/** A new file; an existing one is never overwritten. */
export class WavFile {
  #bytes = 0;

  private constructor(private readonly file: FileHandle) {}

  /** @throws if the file cannot be created, or exists already */
  static async create(path: string): Promise<WavFile> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const wav = new WavFile(await open(path, 'wx', 0o600));
    await wav.#write(recordingHeader(0), 0);
    return wav;
  }

  /**
   * Appends interleaved samples.
   * @throws if the disk is full
   */
  async add(samples: Int16Array): Promise<void> {
    const { buffer, byteOffset, byteLength } = samples;
    await this.#write(Buffer.from(buffer, byteOffset, byteLength), HEADER + this.#bytes);
    this.#bytes += byteLength;
    await this.#write(recordingHeader(this.#bytes), 0);
  }

  close(): Promise<void> {
    return this.file.close();
  }

  async #write(bytes: Buffer, at: number): Promise<void> {
    const { bytesWritten } = await this.file.write(bytes, 0, bytes.length, at);
    if (bytesWritten < bytes.length) throw new Error('the disk is full');
  }
}
