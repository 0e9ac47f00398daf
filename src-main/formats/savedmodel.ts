import { dirname } from 'node:path';
import { describeDevice, predictWithSavedModel } from '../engine';
import type { ModelFormat, Traveller } from './format';
import { program, pythonAhead, pythonHead, pythonPrint } from './python';
import { savedModel } from './savedmodel-graph';
import { namedInputs, type Said } from './windows';

export const savedmodel: ModelFormat = {
  model: ({ parts }) => savedModel(parts),
  example,
  run: 'pip install tensorflow, then: python forecast_tensorflow.py',
  async open(path, windows, { parts }) {
    const said = await predictWithSavedModel(dirname(path), namedInputs(windows, parts));
    return {
      kind: 'opened',
      by: `TensorFlow ${describeDevice().tensorflowVersion}`,
      said: said as unknown as Said,
    };
  },
};

function example(traveller: Traveller): string {
  const { calendar, intervals } = traveller.parts;
  const tensor = (name: string): string => `tf.constant([${name}], tf.float32)`;
  const season = intervals?.season ?? null;
  const feeds = [
    `readings=${tensor('readings')}`,
    ...(calendar.length > 0 ? [`calendar=${tensor('calendar')}`] : []),
    ...(season === null ? [] : [`season=${tensor('[year(t) for t in ahead]')}`]),
  ];
  return program([
    ...pythonHead(traveller, 'tensorflow', 'import tensorflow as tf'),
    ...(season === null ? [] : pythonAhead(traveller)),
    'model = tf.saved_model.load(here).signatures["serving_default"]',
    `outputs = model(${feeds.join(', ')})`,
    'forecast = outputs["forecast"][0].numpy()',
    ...(intervals === null ? [] : ['intervals = outputs["intervals"][0].numpy()']),
    ...pythonPrint(intervals !== null),
  ]);
}
