import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { messagesOf } from './home-assistant';
import { publicationOf } from './publication';
import { issuedFixture } from './publication.fixture';

/** What Home Assistant asks of the discovery of a sensor: https://www.home-assistant.io/integrations/sensor.mqtt/ */
const topic = z.string().regex(/^[^\s+#]+$/);
const discoverySchema = z.strictObject({
  name: z.string().min(1),
  unique_id: z.string().regex(/^[a-z0-9_]+$/),
  object_id: z.string().regex(/^[a-z0-9_]+$/),
  state_topic: topic,
  json_attributes_topic: topic,
  unit_of_measurement: z.string().min(1).optional(),
  device_class: z
    .enum([
      'temperature',
      'humidity',
      'atmospheric_pressure',
      'wind_speed',
      'precipitation',
      'precipitation_intensity',
      'irradiance',
    ])
    .optional(),
  suggested_display_precision: z.number().int().min(0).optional(),
  expire_after: z.number().int().positive(),
  device: z.strictObject({
    identifiers: z.array(z.string()).min(1),
    name: z.string().min(1),
    manufacturer: z.string(),
  }),
});

const about = { madeAt: Date.UTC(2026, 0, 2, 0, 1), baselineInstead: false, warnings: [] };
const messagesFor = (name: string) =>
  messagesOf(publicationOf(issuedFixture, { ...about, name }), { topic: 'hindcast' }, 'en', 3600);

describe('messages for Home Assistant', () => {
  const messages = messagesFor('garden');
  const byTopic = new Map(messages.map((message) => [message.topic, message.payload]));
  const sensors = messages
    .filter(({ topic: where }) => where.endsWith('/config'))
    .map(({ topic: where, payload }) => ({ where, about: discoverySchema.parse(JSON.parse(payload)) }));

  it('announce a sensor for the forecast, its score and the chance of rain, each where it is looked for', () => {
    expect(sensors.map(({ about: { unit_of_measurement: unit } }) => unit)).toEqual(['°C', '°C', '%']);
    for (const { where, about: sensor } of sensors) {
      expect(where).toMatch(/^homeassistant\/sensor\/hindcast_garden_[0-9a-f]{8}\/\w+\/config$/);
      expect(byTopic.has(sensor.state_topic)).toBe(true);
      expect(byTopic.has(sensor.json_attributes_topic)).toBe(true);
      expect(sensor.expire_after).toBe(4 * 3600);
    }
  });

  it('say the next value, and all others with their intervals beside it', () => {
    const [forecast, score, chance] = sensors.map(({ about: sensor }) => sensor);
    expect(byTopic.get(forecast!.state_topic)).toBe('3.9');
    expect(JSON.parse(byTopic.get(forecast!.json_attributes_topic)!)).toMatchObject({
      target: 'temp',
      points: [{ lead: 1, intervals: { 95: [2, 6] } }, { lead: 2 }, { lead: 3 }],
    });
    expect(byTopic.get(score!.state_topic)).toBe('0.8');
    expect(JSON.parse(byTopic.get(score!.json_attributes_topic)!)).toMatchObject({ bestBaseline: 'ridge' });
    expect(byTopic.get(chance!.state_topic)).toBe('70');
  });

  it('keep runs apart whose names have no letter that a topic may have', () => {
    const ids = ['정원', '마당', 'a#+/ b'].map((name) => messagesFor(name)[0]!.topic);
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9_/]+$/);
  });
});
