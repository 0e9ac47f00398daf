import { describe, expect, it } from 'vitest';
import { dailyLines, summaryOf } from '../fixture';

async function meaningsOf(header: string, cells: (day: number) => string): Promise<string[]> {
  const { columns } = await summaryOf(`date,${header}\n${dailyLines(40, cells)}`);
  return columns.slice(1).map(({ quantity, unit }) => `${quantity} ${unit}`);
}

describe('the units of one file', () => {
  it('are those of the USA where one temperature or pressure is', async () => {
    expect(
      await meaningsOf('tmax,tmin,prcp,wind', (day) => `${60 + (day % 9)},${40 + (day % 9)},0.2,${day % 7}`),
    ).toEqual(['temperature °F', 'temperature °F', 'rain in', 'wind speed mph']);
    expect(await meaningsOf('bar,rain,gust', (day) => `${29.9 + day / 100},0.1,${day % 7}`)).toEqual([
      'pressure inHg',
      'rain in',
      'wind gust mph',
    ]);
  });

  it('are not for a warm processor, nor for a height that is called like a pressure', async () => {
    expect(await meaningsOf('cpu_temp,temp', (day) => `${60 + (day % 9)},${4 + (day % 9)}`)).toContain(
      'temperature °C',
    );
    expect(await meaningsOf('alti,temp', (day) => `75,${4 + (day % 9)}`)).toContain('temperature °C');
  });

  it('of its winds are the same', async () => {
    expect(await meaningsOf('sknt,gust', (day) => `${day % 7},${day % 9}`)).toEqual([
      'wind speed kn',
      'wind gust kn',
    ]);
    expect(await meaningsOf('Gust (km/h),Wind', (day) => `${day % 7},${day % 9}`)).toEqual([
      'wind gust km/h',
      'wind speed km/h',
    ]);
  });

  it('are those of WeeWX where it was exported as text', async () => {
    const archive = (system: number): Promise<string[]> =>
      meaningsOf('usUnits,outTemp,rain,windSpeed', (day) => `${system},${day % 9},0.1,${day % 7}`);
    expect((await archive(1)).slice(1)).toEqual(['temperature °F', 'rain in', 'wind speed mph']);
    expect((await archive(16)).slice(1)).toEqual(['temperature °C', 'rain cm', 'wind speed km/h']);
    expect((await archive(17)).slice(1)).toEqual(['temperature °C', 'rain mm', 'wind speed m/s']);
  });
});

describe('codes of quality', () => {
  it('are told from a pressure of the same name by their values', async () => {
    expect(await meaningsOf('FF,QFF', (day) => `${day % 7},1`)).toEqual(['wind speed m/s', 'other ']);
    expect(await meaningsOf('FF,QFF', (day) => `${day % 7},${1013 + (day % 9)}`)).toEqual([
      'wind speed m/s',
      'pressure hPa',
    ]);
  });
});

describe('a table of years and months', () => {
  it('becomes a row a month', async () => {
    const months = 'Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec';
    const rows = [1990, 1991].map(
      (year) => `${year},${months.split(',').map((_, month) => year - 1990 + month)},5.5`,
    );
    const summary = await summaryOf(`Year,${months},Annual\n${rows.join('\n')}\n`);
    expect(summary).toMatchObject({ rows: 24, step: { label: 'monthly', exactShare: 1 } });
    expect(summary.columns[1]).toMatchObject({ name: 'Value', min: 0, max: 12 });
  });
});
