/** What a trained model leaves as: for each format its model's file, and the example that forecasts with it. */
export const EXPORT_FORMATS = {
  tfjs: { model: 'model.json', example: 'forecast.mjs' },
  onnx: { model: 'model.onnx', example: 'forecast.py' },
  safetensors: { model: 'model.safetensors', example: 'forecast_torch.py' },
  keras: { model: 'model.keras', example: 'forecast_keras.py' },
  savedmodel: { model: 'saved_model.pb', example: 'forecast_tensorflow.py' },
  c: { model: 'hindcast.h', example: 'forecast.c' },
} as const satisfies Readonly<Record<string, { readonly model: string; readonly example: string }>>;

export type ExportFormat = keyof typeof EXPORT_FORMATS;
export const EXPORT_FORMAT_NAMES = Object.keys(EXPORT_FORMATS) as readonly ExportFormat[] as readonly [
  ExportFormat,
  ...ExportFormat[],
];

/** A file of an export, by its name within the folder. */
export interface ExportedFile {
  readonly name: string;
  readonly bytes: number;
}

/** What a check of an exported model found, by what opens it. */
export interface FormatCheck {
  readonly kind: 'checked';
  /** What forecast with it: 'onnxruntime-web 1.30.0'. */
  readonly by: string;
  readonly windows: number;
  /** Greatest difference from the forecasts of the trained model, in the target's unit. */
  readonly difference: number;
  /** The same as a share of the target's spread. */
  readonly share: number;
}

/** The one reason for which a format is not tried: nothing on this machine can run it. */
export interface FormatUnchecked {
  readonly kind: 'no-compiler';
}

export interface ExportedFormat {
  readonly format: ExportFormat;
  readonly check: FormatCheck | FormatUnchecked;
  /** Memory that forecasting takes beside the model's own bytes; only where it is known: C. */
  readonly workingBytes?: number;
}

/** What was exported. */
export interface ExportReport {
  readonly folder: string;
  /** Of the target; '' for none. */
  readonly unit: string;
  readonly formats: readonly ExportedFormat[];
  readonly files: readonly ExportedFile[];
}
