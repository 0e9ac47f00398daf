import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decodeHead, detectEncoding } from './encoding';

const HEADER = '지점,지점명,일시,평균기온(°C),일강수량(mm),평균 상대습도(%)\n';
const label = (bytes: Uint8Array, complete = true): string => detectEncoding(bytes, complete).label;

describe('detectEncoding', () => {
  it('knows byte order marks', () => {
    expect(label(iconv.encode(HEADER, 'utf8', { addBOM: true }))).toBe('UTF-8 with BOM');
    expect(label(iconv.encode(HEADER, 'utf-16le', { addBOM: true }))).toBe('UTF-16LE');
    expect(label(iconv.encode(HEADER, 'utf-16be', { addBOM: true }))).toBe('UTF-16BE');
  });

  it('knows UTF-8 though the sample cuts its last character', () => {
    const bytes = Buffer.from('일시,기온');
    expect(label(bytes)).toBe('UTF-8');
    expect(label(bytes.subarray(0, bytes.length - 1), false)).toBe('UTF-8');
    expect(label(bytes.subarray(0, bytes.length - 1), true)).not.toBe('UTF-8');
    expect(label(Buffer.from('time,temp\n'))).toBe('UTF-8');
  });

  it('knows Korean in CP949, in a header as short as it gets', () => {
    expect(label(iconv.encode(HEADER, 'cp949'))).toBe('CP949');
    expect(label(iconv.encode('일시,기온\n2021-01-01,1\n', 'cp949'))).toBe('CP949');
    const bytes = iconv.encode(HEADER, 'cp949');
    expect(decodeHead(bytes, detectEncoding(bytes, true))).toBe(HEADER);
  });

  it('does not take the degree signs and umlauts of windows-1252 for Korean', () => {
    expect(label(iconv.encode('Zeit;Temperatur (°C);Böe (km/h);Außen\n', 'windows-1252'))).toBe(
      'windows-1252',
    );
    expect(label(iconv.encode('time,temp (°C),wind dir (°)\n', 'windows-1252'))).toBe('windows-1252');
  });

  it('tells Chinese and Japanese from Korean', () => {
    const chinese =
      '日期时间,气温(℃),相对湿度(%),气压(hPa),风速(m/s),风向(°),降水量(mm)\n2021-01-01,1,2,3,4,5,6\n';
    expect(label(iconv.encode(chinese, 'gbk'))).toBe('GB18030');
    const japanese = '時刻,室外温度(℃),室外湿度(%),露点(℃),風速(m/s)\n2021-01-01,1,2,3,4\n';
    expect(label(iconv.encode(japanese, 'cp932'))).toBe('Shift_JIS');
  });
});
