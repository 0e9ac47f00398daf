import { c } from './c';
import type { ModelFormats } from './format';
import { keras } from './keras';
import { onnx } from './onnx';
import { safetensors } from './safetensors';
import { savedmodel } from './savedmodel';
import { tfjs } from './tfjs';

/** Every format: a further one is a file, a line here and one in `EXPORT_FORMATS`. */
export const FORMATS: ModelFormats = { tfjs, onnx, safetensors, keras, savedmodel, c };
