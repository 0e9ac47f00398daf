import { createHash } from 'node:crypto';
import type { Language } from '../contract/language';
import type { Quantity } from '../contract/quantities';
import type { MqttSettings } from '../contract/watch';
import { publicationToJson, scoreToJson, type Publication } from './publication';
import { PAGE_WORDS } from './words';

/** Where Home Assistant looks for sensors by itself: https://www.home-assistant.io/integrations/mqtt/#mqtt-discovery */
const DISCOVERY = 'homeassistant';
const DEVICE_CLASSES: Readonly<Partial<Record<Quantity, string>>> = {
  temperature: 'temperature',
  'dew point': 'temperature',
  'relative humidity': 'humidity',
  pressure: 'atmospheric_pressure',
  'wind speed': 'wind_speed',
  'wind gust': 'wind_speed',
  rain: 'precipitation',
  'rain rate': 'precipitation_intensity',
  'solar radiation': 'irradiance',
};
/** A sensor that was not heard of for so many times the usual pause is shown as unavailable. */
const PAUSES_UNTIL_EXPIRED = 4;
const LEAST_EXPIRY_SECONDS = 2 * 3600;

/** A message to a broker; all are kept by it for who comes later. */
export interface Message {
  readonly topic: string;
  readonly payload: string;
}

/**
 * What Home Assistant needs to make sensors of a forecast, and what they say: the value of the next step, with all lead
 * times, intervals and warnings as attributes; the typical error of the last days; for rain, how likely it is.
 */
export function messagesOf(
  publication: Publication,
  { topic }: Pick<MqttSettings, 'topic'>,
  language: Language,
  pauseSeconds: number,
): Message[] {
  const { name, targetName, unit, quantity, points, chanceOf, grade } = publication;
  const words = PAGE_WORDS[language];
  const id = idOf(name);
  const place = `${topic}/${id}`;
  const common = {
    device: { identifiers: [id], name: `Hindcast ${name}`.slice(0, 120), manufacturer: 'Hindcast' },
    expire_after: Math.max(LEAST_EXPIRY_SECONDS, Math.round(PAUSES_UNTIL_EXPIRED * pauseSeconds)),
  };
  const deviceClass = DEVICE_CLASSES[quantity];
  const unitOf = unit === '' ? {} : { unit_of_measurement: unit };
  const sensor = (part: string, about: object): Message => ({
    topic: `${DISCOVERY}/sensor/${id}/${part}/config`,
    payload: JSON.stringify({
      unique_id: `${id}_${part}`,
      object_id: `${id}_${part}`,
      state_topic: `${place}/${part}`,
      json_attributes_topic: `${place}/${part}/attributes`,
      ...about,
      ...common,
    }),
  });
  const said = (part: string, state: number | null, attributes: object): Message[] => [
    { topic: `${place}/${part}/attributes`, payload: JSON.stringify(attributes) },
    {
      topic: `${place}/${part}`,
      payload: state === null || !Number.isFinite(state) ? 'None' : String(state),
    },
  ];
  const rounded = (value: number): number => Math.round(value * 1000) / 1000;
  const next = points[0];
  const chance = next?.chance ?? null;
  return [
    sensor('forecast', {
      name: words.title(targetName),
      ...unitOf,
      ...(deviceClass === undefined ? {} : { device_class: deviceClass }),
      suggested_display_precision: 1,
    }),
    ...said('forecast', next === undefined ? null : rounded(next.value), publicationToJson(publication)),
    sensor('score', { name: words.scoreSensor, ...unitOf, suggested_display_precision: 2 }),
    ...said(
      'score',
      grade === null ? null : rounded(grade.rmse.model),
      grade === null ? {} : scoreToJson(grade),
    ),
    ...(chanceOf === null
      ? []
      : [
          sensor('chance', { name: `${targetName}: ${words.chanceSensor}`, unit_of_measurement: '%' }),
          ...said('chance', chance === null ? null : Math.round(chance * 100), { atLeast: chanceOf, unit }),
        ]),
  ];
}

const LONGEST_ID = 40;

/** Letters that a topic may have; runs of similar names differ in the rest of their topic. */
function idOf(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .slice(0, LONGEST_ID)
    .replace(/^_|_$/g, '');
  const own = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `hindcast_${plain === '' ? '' : `${plain}_`}${own}`;
}
