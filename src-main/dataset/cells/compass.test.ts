import { describe, expect, it } from 'vitest';
import { compassOf } from './compass';

describe('compassOf', () => {
  it.each<[string, string[], string, number]>([
    ['English', ['N', 'ESE', 'WNW'], 'SW', 225],
    ['German', ['N', 'OSO', 'W'], 'NO', 45],
    ['German without a west wind', ['N', 'NNO', 'SO'], 'O', 90],
    ['French', ['N', 'ENE', 'OSO'], 'NO', 315],
    ['Spanish', ['NE', 'SE', 'O'], 'O', 270],
    ['Dutch', ['ZW', 'NO', 'W'], 'ZZO', 157.5],
    ['Korean', ['북', '남남서'], '동남동', 112.5],
    ['Japanese', ['北', '静穏'], '北北西', 337.5],
  ])('in %s', (_, words, word, degrees) => expect(compassOf(words)(word)).toBe(degrees));

  it('knows a calm, and no other word', () => {
    expect(compassOf([])('Calm')).toBeNaN();
    expect(compassOf([])('Rain')).toBeUndefined();
  });
});
