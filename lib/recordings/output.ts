// Where LiveKit's Egress puts a recording, by the settings: into S3-compatible storage, or a folder of
// its machine. What `S3Upload` and `EncodedFileOutput` are for LiveKit is written here alone.
import { EncodedFileOutput, EncodedFileType, S3Upload } from 'livekit-server-sdk';
import type { Config } from '@/lib/core/config';
import { isOwnName, recordingsFolder } from './recording';
import type { Bucket } from './signed-url';

/** Prefix of all recordings in a bucket, which may hold other things too. */
const PREFIX = 'recordings/';

/** Key of a recording in the bucket. */
export const keyOf = (file: string) => `${PREFIX}${file}`;

/** The bucket of the settings; undefined where Egress writes into a folder, or has storage settings of its own. */
function bucketOf(config: Config): Bucket | undefined {
  const {
    EGRESS_S3_BUCKET: name,
    EGRESS_S3_ACCESS_KEY: accessKey,
    EGRESS_S3_SECRET: secret,
    EGRESS_S3_REGION: region,
    EGRESS_S3_ENDPOINT: endpoint,
  } = config;
  if (!name || !accessKey || !secret) return undefined;
  // AWS wants the bucket in the host; every other storage takes it in the path, and few have such names.
  return { name, accessKey, secret, region, endpoint, pathStyle: endpoint !== undefined };
}

/**
 * What Egress is told to write.
 * @param file as events name it
 */
export function outputFor(config: Config, file: string): EncodedFileOutput {
  // No second file beside it, which nobody would delete.
  const common = { fileType: EncodedFileType.OGG, disableManifest: true };
  const bucket = bucketOf(config);
  if (!bucket) {
    const folder = config.EGRESS_FOLDER ?? recordingsFolder(config.DATA_DIR);
    return new EncodedFileOutput({ ...common, filepath: `${folder}/${file}` });
  }
  const { name, accessKey, secret, region, endpoint = '', pathStyle: forcePathStyle } = bucket;
  const s3 = new S3Upload({ bucket: name, accessKey, secret, region, endpoint, forcePathStyle });
  return new EncodedFileOutput({
    ...common,
    filepath: keyOf(file),
    output: { case: 's3', value: s3 },
  });
}

/** The bucket that a recording is in, if it is one that Egress was sent for from here. */
export const bucketWith = (config: Config, file: string) =>
  isOwnName(file) ? bucketOf(config) : undefined;

/** Whether a location that Egress told is an address, and no path of its machine. */
export const isAddress = (location = '') => /^[a-z][a-z\d+.-]*:\/\//i.test(location);
