// Where LiveKit's Egress stores a recording: in S3-compatible storage, or in a folder of its machine. The only place
// that uses LiveKit's `S3Upload` and `EncodedFileOutput`.
import { EncodedFileOutput, EncodedFileType, S3Upload } from 'livekit-server-sdk';
import type { Config } from '@/lib/core/config';
import { isOwnName, recordingsFolder } from '@/lib/recordings/recording';
import type { Bucket } from '@/lib/recordings/signed-url';

/** Prefix of all recordings in a bucket, which may contain other files too. */
const PREFIX = 'recordings/';

/** Key of a recording in the bucket. */
export const keyOf = (file: string) => `${PREFIX}${file}`;

/** The configured bucket; undefined if Egress writes to a folder or has its own storage settings. */
function bucketOf(config: Config): Bucket | undefined {
  const {
    EGRESS_S3_BUCKET: name,
    EGRESS_S3_ACCESS_KEY: accessKey,
    EGRESS_S3_SECRET: secret,
    EGRESS_S3_REGION: region,
    EGRESS_S3_ENDPOINT: endpoint,
  } = config;
  if (!name || !accessKey || !secret) return undefined;
  // AWS requires the bucket in the host name; other storage takes it in the path, and few offer such host names.
  return { name, accessKey, secret, region, endpoint, pathStyle: endpoint !== undefined };
}

/**
 * The output options for Egress.
 * @param file name as in events
 */
export function outputFor(config: Config, file: string): EncodedFileOutput {
  // Without the manifest, a second file that nobody would delete.
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

/** The bucket with a recording, if our Egress wrote it. */
export const bucketWith = (config: Config, file: string) =>
  isOwnName(file) ? bucketOf(config) : undefined;

/** Whether a location reported by Egress is a URL, not a path on its machine. */
export const isAddress = (location = '') => /^[a-z][a-z\d+.-]*:\/\//i.test(location);
