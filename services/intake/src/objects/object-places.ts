import { resolve } from 'node:path';
import type { ObjectPlaces } from '@handoff/objects';
import type { IntakeConfig } from '../intake.config.js';

const NOWHERE = 'off';

/** Where the settings say that objects are kept. */
export function objectPlaces({ OBJECTS_FOLDER, OBJECTS_S3_BUCKET, OBJECTS_S3_REGION, OBJECTS_S3_ENDPOINT }: IntakeConfig): ObjectPlaces {
  const endpoint = OBJECTS_S3_ENDPOINT === '' ? null : OBJECTS_S3_ENDPOINT;
  return {
    folder: OBJECTS_FOLDER === NOWHERE ? null : resolve(OBJECTS_FOLDER),
    s3: OBJECTS_S3_BUCKET === '' ? null : { bucket: OBJECTS_S3_BUCKET, region: OBJECTS_S3_REGION, endpoint },
  };
}
