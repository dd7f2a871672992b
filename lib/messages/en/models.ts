// Names of models for checks of the doctor. The names are in lib/core/model-names.ts.
import { CHOSEN_AGENT } from '@/lib/core/model-names';

export { hostedName, modelName, toolsName } from '@/lib/core/model-names';
export const modelsText = { chosen: CHOSEN_AGENT };
