import { describe, expect, it } from 'vitest';
import { guessMeaning, isIdentifierName, isTimeName, partsOfName } from './column-names';

describe('partsOfName', () => {
  it('takes the unit from the brackets', () => {
    expect(partsOfName('평균기온(℃)')).toEqual({ label: '평균기온', unit: '°C' });
    expect(partsOfName('p (mbar)')).toEqual({ label: 'p', unit: 'mbar' });
    expect(partsOfName('Wind [km/h]')).toEqual({ label: 'Wind', unit: 'km/h' });
    expect(partsOfName('Sonneneinstrahlung(w/m2)')).toEqual({ label: 'Sonneneinstrahlung', unit: 'W/m²' });
    expect(partsOfName('wind')).toEqual({ label: 'wind', unit: '' });
  });
});

describe('guessMeaning', () => {
  it.each([
    ['평균기온(°C)', 'temperature', '°C'],
    ['최저기온', 'temperature', '°C'],
    ['일교차', 'other', '°C'],
    ['강수량', 'rain', 'mm'],
    ['일강수량(mm)', 'rain', 'mm'],
    ['평균 상대습도(%)', 'relative humidity', '%'],
    ['평균습도', 'relative humidity', '%'],
    ['평균풍속', 'wind speed', 'm/s'],
    ['최대 순간 풍속(m/s)', 'wind gust', 'm/s'],
    ['최다풍향(16방위)', 'wind direction', '°'],
    ['평균 이슬점온도(°C)', 'dew point', '°C'],
    ['평균 현지기압(hPa)', 'pressure', 'hPa'],
    ['합계 일조시간(hr)', 'sunshine', 'h'],
    ['일조율', 'other', '%'],
    ['합계 일사량(MJ/m2)', 'solar radiation', 'MJ/m²'],
    ['최고기온 시각(hhmi)', 'other', 'hhmi'],
    ['temperature_2m (°C)', 'temperature', '°C'],
    ['dew_point_2m (°C)', 'dew point', '°C'],
    ['relative_humidity_2m (%)', 'relative humidity', '%'],
    ['precipitation', 'rain', 'mm'],
    ['temp_max', 'temperature', '°C'],
    ['Wind Gust (mph)', 'wind gust', 'mph'],
    ['wd (deg)', 'wind direction', '°'],
    ['max. wv (m/s)', 'wind gust', 'm/s'],
    ['rho (g/m**3)', 'other', 'g/m**3'],
    ['VPmax (mbar)', 'other', 'mbar'],
    ['Luftfeuchtigkeit Innen(%)', 'relative humidity', '%'],
    ['Gefühlte Temperatur(℃)', 'temperature', '°C'],
    ['Böe(km/h)', 'wind gust', 'km/h'],
    ['Regen/Stunde(mm)', 'rain rate', 'mm/h'],
    ['Niederschlag', 'rain', 'mm'],
    ['UVI', 'UV index', ''],
    ['constructor', 'other', ''],
    ['Humedad exterior(%)', 'relative humidity', '%'],
    ['Ráfaga(km/h)', 'wind gust', 'km/h'],
    ['Dirección del viento(°)', 'wind direction', '°'],
    ['Point de rosée(°C)', 'dew point', '°C'],
    ['Pluie journalière(mm)', 'rain', 'mm'],
    ['Velocità Vento', 'wind speed', 'm/s'],
    ['Windrichting', 'wind direction', '°'],
    ['Luchtvochtigheid', 'relative humidity', '%'],
    ['風向(°)', 'wind direction', '°'],
    ['降水量の合計(mm)', 'rain', 'mm'],
    ['平均気温(℃) 品質情報', 'other', ''],
    ['相对湿度(%)', 'relative humidity', '%'],
    ['Humidity(%) (2)', 'relative humidity', '%'],
    ['Temp °F', 'temperature', '°F'],
    ['Max Wind SpeedKm/h', 'wind gust', 'km/h'],
    ['Hourly Rain(in)', 'rain rate', 'in/h'],
    ['Rain (in/hr)', 'rain rate', 'in/h'],
    ['precipitation_hours (h)', 'other', 'h'],
    ['Cloud base (m)', 'other', 'm'],
    ['Solar and UVI UVI', 'UV index', ''],
    ['HourlyPressureTendency', 'other', ''],
    ['Nedbør (1 t)', 'rain', 'mm'],
    ['Prędkość wiatru (m/s)', 'wind speed', 'm/s'],
    ['Осадки (мм)', 'rain', 'mm'],
    ['Avg Baro (in)', 'pressure', 'inHg'],
    ['Temp Indicateur', 'other', ''],
    ['tre200s0', 'temperature', '°C'],
    ['fkl010z1', 'wind gust', 'm/s'],
  ])('takes %s for %s in %s', (name, quantity, unit) => {
    expect(guessMeaning(name, 1, 40)).toEqual({ quantity, unit });
  });

  it('asks the values where the header does not tell', () => {
    expect(guessMeaning('temp', 20, 95).unit).toBe('°F');
    expect(guessMeaning('Tpot', 265, 300).unit).toBe('K');
    expect(guessMeaning('barometer', 29.1, 30.4).unit).toBe('inHg');
    expect(guessMeaning('column 3', 990, 1030)).toEqual({ quantity: 'pressure', unit: 'hPa' });
    expect(guessMeaning('column 3', NaN, NaN).quantity).toBe('other');
  });
});

describe('names', () => {
  it('tell the time and the station', () => {
    for (const name of ['일시', 'time', 'Date Time', 'Zeit', 'date', 'MESS_DATUM'])
      expect(isTimeName(name)).toBe(true);
    for (const name of ['temp', '기온', 'timer', 'days with rain']) expect(isTimeName(name)).toBe(false);
    for (const name of ['지점', '지점명', 'Station', 'id']) expect(isIdentifierName(name)).toBe(true);
    expect(isIdentifierName('wind')).toBe(false);
  });
});
