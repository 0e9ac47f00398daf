import { concatenate } from '../network';
import type { Calendar } from '../series';
import type { Traveller } from './format';
import type { AheadParts, ModelParts } from './parts';

const VALUES_A_LINE = 8;

/**
 * The whole forecaster as one C99 header: tables of constants and the functions that forecast with them. float32, no heap,
 * nothing but the standard library's mathematics. No text of the user's stands in it but letters and digits.
 */
export function cHeader({ forecaster, parts }: Traveller): string {
  const { target, inputs, step, composite, window, horizon } = forecaster;
  const { intervals, linear, means, hidden, outputs, members, ahead } = parts;
  const { layers, dense } = members[0]!;
  const define = (name: string, value: number | string): string => `#define HINDCAST_${name} ${value}`;
  const table = (name: string, values: Float32Array): string => cTable(`hindcast_${name}`, values);
  const named = ({ name, unit }: { readonly name: string; readonly unit: string }): string =>
    `${plain(name)}, ${plain(unit) || 'no unit'}`;
  const monthly = step.label === 'monthly';
  return [
    `/* A forecaster made by Hindcast: ${named(target)}; ${horizon} steps ahead from ${window} (${plain(step.label)}).`,
    ` * hindcast_forecast() takes the newest ${window} readings, oldest first, in these units:`,
    ...inputs.map((input, index) => ` *   ${index}: ${named(input)}`),
    ' * C99, float32, no heap. All numbers of the model are constants; see HINDCAST_TABLE_BYTES and HINDCAST_STACK_BYTES. */',
    '#ifndef HINDCAST_H',
    '#define HINDCAST_H',
    '#include <math.h>',
    '#include <stddef.h>',
    '#include <stdint.h>',
    '',
    define('WINDOW', window),
    define('HORIZON', horizon),
    define('READINGS', parts.readings),
    define('INPUTS', means.length),
    define('HIDDEN', hidden),
    define('LAYERS', layers.length),
    define('MEMBERS', members.length),
    define('OUTPUTS', outputs),
    '/* Steps of a network (the window, and the lead times where it goes on through them), what it reads at each, and those',
    ' * whose state the output layer reads, with its outputs at each. */',
    define('STEPS', ahead === null ? window : window + horizon),
    define('FEATURES', ahead?.features ?? means.length),
    define('HEAD_STEPS', ahead === null ? 1 : horizon),
    define('HEAD_OUTPUTS', dense.bias.length),
    define('ENDS', 6),
    define('TABLE_BYTES', tableBytes(parts)),
    define('STACK_BYTES', stackBytes(parts)),
    '',
    table('means', means),
    table('scales', parts.scales),
    '/* Of each network: for each layer kernel, recurrent kernel and bias (gates i, f, c, o), then the output layer. */',
    table('networks', concatenate(composite.members)),
    ...(linear === null
      ? []
      : [table('linear_kernel', linear.kernel.values), table('linear_bias', linear.bias)]),
    ...(intervals === null ? [] : [table('offsets', intervals.offsets)]),
    '',
    C_TIME,
    ...(monthly && intervals?.season ? [C_MONTHS] : []),
    cInput(parts, forecaster.calendar),
    ...(ahead === null ? [] : [cFeatures(ahead)]),
    cNetwork(ahead),
    cForecast(
      parts,
      monthly
        ? 'hindcast_months_later(newest, lead + 1)'
        : `newest + (lead + 1) * INT64_C(${Math.round(step.seconds)})`,
    ),
    '#endif',
    '',
  ].join('\n');
}

/** Bytes of the constants. */
export function tableBytes({ means, members, linear, intervals, ahead }: ModelParts): number {
  const network = members[0]!;
  const dense = ({ kernel, bias }: typeof network.dense): number => kernel.values.length + bias.length;
  const layers = network.layers.reduce(
    (sum, { kernel, recurrent, bias }) => sum + kernel.values.length + recurrent.values.length + bias.length,
    0,
  );
  const floats =
    2 * means.length +
    members.length * (layers + dense(network.dense)) +
    (linear === null ? 0 : dense(linear)) +
    (intervals?.offsets.length ?? 0);
  const places = (ahead?.columns.flat().length ?? 0) * Int16Array.BYTES_PER_ELEMENT;
  return floats * Float32Array.BYTES_PER_ELEMENT + places;
}

/** Bytes of the arrays that a forecast lays on the stack. */
export function stackBytes({ means, members, hidden, outputs, ahead }: ModelParts): number {
  const layers = members[0]!.layers.length;
  const read = means.length + (ahead?.features ?? 0);
  return (2 * layers * hidden + 4 * hidden + read + outputs) * Float32Array.BYTES_PER_ELEMENT;
}

/** What may stand in a comment of C whatever it says: letters, digits and a few marks, none of which ends it. */
function plain(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N} .,()°%²³_-]/gu, '_').slice(0, 80);
}

/** A float32 as C writes it: nine digits say it exactly. */
export function cFloat(value: number): string {
  const text = String(Number(value.toPrecision(9)));
  return `${/[.e]/.test(text) ? text : `${text}.0`}f`;
}

function cTable(name: string, values: Float32Array): string {
  const lines: string[] = [];
  for (let from = 0; from < values.length; from += VALUES_A_LINE) {
    lines.push(`  ${Array.from(values.subarray(from, from + VALUES_A_LINE), cFloat).join(', ')},`);
  }
  return [`static const float ${name}[${values.length}] = {`, ...lines, '};'].join('\n');
}

const C_TIME = `/* Days since 1970 of a day of the Gregorian calendar. */
static inline int64_t hindcast_days(int64_t year, int month, int day) {
  int64_t y = year - (month <= 2), era = (y >= 0 ? y : y - 399) / 400;
  int64_t of_era = y - era * 400, of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

/* The year, month and day of days since 1970. */
static inline void hindcast_date(int64_t days, int64_t *year, int *month, int *day) {
  int64_t z = days + 719468, era = (z >= 0 ? z : z - 146096) / 146097, of_era = z - era * 146097;
  int64_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  int64_t of_year = of_era - (365 * y + y / 4 - y / 100), shifted = (5 * of_year + 2) / 153;
  *day = (int)(of_year - (153 * shifted + 2) / 5 + 1);
  *month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
  *year = y + era * 400 + (*month <= 2);
}

/* Seconds since 1970 of the station's own clock, read as if it were UTC: what hindcast_forecast() takes for times. */
static inline int64_t hindcast_time(int year, int month, int day, int hour, int minute, int second) {
  return hindcast_days(year, month, day) * 86400 + hour * 3600 + minute * 60 + second;
}

static inline int64_t hindcast_day_of(int64_t time) { return (time >= 0 ? time : time - 86399) / 86400; }

/* The turn of the year at a time, in radians. */
static inline float hindcast_turn_of_year(int64_t time) {
  int64_t year;
  int month, day;
  hindcast_date(hindcast_day_of(time), &year, &month, &day);
  return (float)(6.283185307179586 * (double)(time - hindcast_days(year, 1, 1) * 86400) / 86400.0 / 365.2425);
}

/* The turn of the day at a time, in radians. */
static inline float hindcast_turn_of_day(int64_t time) {
  return (float)(6.283185307179586 * (double)(time - hindcast_day_of(time) * 86400) / 86400.0);
}
`;

const C_MONTHS = `/* A month has no fixed length: the same day of a later month, or its last. */
static inline int64_t hindcast_months_later(int64_t time, int months) {
  static const int lengths[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  int64_t year, days = hindcast_day_of(time);
  int month, day, last;
  hindcast_date(days, &year, &month, &day);
  month += months - 1;
  year += month / 12;
  month = month % 12 + 1;
  last = lengths[month - 1] + (month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
  return hindcast_days(year, month, day < last ? day : last) * 86400 + time - days * 86400;
}
`;

function cInput({ readings }: ModelParts, { year, harmonics, day }: Calendar): string {
  const turns = [
    ...Array.from(
      { length: year ? harmonics : 0 },
      (_, index) => `${index + 1}.0f * hindcast_turn_of_year(time)`,
    ),
    ...(day ? ['hindcast_turn_of_day(time)'] : []),
  ];
  return [
    '/* One step of the window as the networks see it. */',
    'static inline void hindcast_input(const float *readings, int64_t time, float *input) {',
    '  int k;',
    `  for (k = 0; k < HINDCAST_READINGS; k++) input[k] = readings[k];`,
    ...turns.flatMap((turn, index) => [
      `  input[${readings + 2 * index}] = sinf(${turn});`,
      `  input[${readings + 2 * index + 1}] = cosf(${turn});`,
    ]),
    ...(turns.length === 0 ? ['  (void)time;'] : []),
    '  for (k = 0; k < HINDCAST_INPUTS; k++) input[k] = (input[k] - hindcast_means[k]) / hindcast_scales[k];',
    '}',
    '',
  ].join('\n');
}

const cFeatures = ({
  columns,
}: AheadParts): string => `/* What a network reads at a lead time (0: within the window): of the row, or of the newest one, what stands at its place (-1:
 * nothing is seen); then the share of the lead time. */
static inline void hindcast_features(const float *input, int lead, float *features) {
  static const int16_t places[HINDCAST_HORIZON + 1][HINDCAST_FEATURES - 1] = {
${columns.map((places) => `    {${places.map((place) => place ?? -1).join(', ')}},`).join('\n')}
  };
  int k;
  for (k = 0; k < HINDCAST_FEATURES - 1; k++) features[k] = places[lead][k] < 0 ? 0.0f : input[places[lead][k]];
  features[HINDCAST_FEATURES - 1] = (float)lead / HINDCAST_HORIZON;
}
`;

const cNetwork = (
  ahead: AheadParts | null,
): string => `static inline float hindcast_sigmoid(float value) { return 1.0f / (1.0f + expf(-value)); }

/* Adds what one network says, scaled; returns where the next one's constants begin. */
static inline const float *hindcast_network(const float *w, const float *readings, const int64_t *times, float *sum) {
  float h[HINDCAST_LAYERS][HINDCAST_HIDDEN] = {{0.0f}}, c[HINDCAST_LAYERS][HINDCAST_HIDDEN] = {{0.0f}};
  float gates[4 * HINDCAST_HIDDEN], input[HINDCAST_INPUTS]${ahead === null ? '' : ', features[HINDCAST_FEATURES]'};
  const float *head = w;
  int t, layer, k, u;
  for (t = 0; t < HINDCAST_STEPS; t++) {
    const float *x = ${ahead === null ? 'input' : 'features'};
    int width = HINDCAST_FEATURES;
${ahead === null ? C_READ : C_READ_AHEAD}
    for (layer = 0, head = w; layer < HINDCAST_LAYERS; layer++) {
      const float *row = head, *bias = head + (width + HINDCAST_HIDDEN) * 4 * HINDCAST_HIDDEN;
      for (u = 0; u < 4 * HINDCAST_HIDDEN; u++) gates[u] = bias[u];
      for (k = 0; k < width; k++, row += 4 * HINDCAST_HIDDEN)
        for (u = 0; u < 4 * HINDCAST_HIDDEN; u++) gates[u] += x[k] * row[u];
      for (k = 0; k < HINDCAST_HIDDEN; k++, row += 4 * HINDCAST_HIDDEN)
        for (u = 0; u < 4 * HINDCAST_HIDDEN; u++) gates[u] += h[layer][k] * row[u];
      for (u = 0; u < HINDCAST_HIDDEN; u++) {
        c[layer][u] = hindcast_sigmoid(gates[HINDCAST_HIDDEN + u]) * c[layer][u] +
                      hindcast_sigmoid(gates[u]) * tanhf(gates[2 * HINDCAST_HIDDEN + u]);
        h[layer][u] = hindcast_sigmoid(gates[3 * HINDCAST_HIDDEN + u]) * tanhf(c[layer][u]);
      }
      head = bias + 4 * HINDCAST_HIDDEN;
      x = h[layer];
      width = HINDCAST_HIDDEN;
    }
    if (t < HINDCAST_STEPS - HINDCAST_HEAD_STEPS) continue;
    for (k = 0; k < HINDCAST_HIDDEN; k++, head += HINDCAST_HEAD_OUTPUTS)
      for (u = 0; u < HINDCAST_HEAD_OUTPUTS; u++) sum[u] += h[HINDCAST_LAYERS - 1][k] * head[u];
    for (u = 0; u < HINDCAST_HEAD_OUTPUTS; u++) *sum++ += head[u];
  }
  return head + HINDCAST_HEAD_OUTPUTS;
}
`;

const C_READ = '    hindcast_input(readings + t * HINDCAST_READINGS, times[t], input);';

const C_READ_AHEAD = `    if (t < HINDCAST_WINDOW) hindcast_input(readings + t * HINDCAST_READINGS, times[t], input);
    hindcast_features(input, t < HINDCAST_WINDOW ? 0 : t - HINDCAST_WINDOW + 1, features);`;

/** @param later the time of a lead time in C */
function cForecast(parts: ModelParts, later: string): string {
  const { lstmShare, members, linear, target, range, quantiles, intervals } = parts;
  const clip = (value: string): string =>
    range === null ? value : `fminf(${cFloat(range[1])}, fmaxf(${cFloat(range[0])}, ${value}))`;
  const each = quantiles?.count ?? 1;
  const places = intervals?.places?.join(', ');
  const season = intervals?.season ?? null;
  return [
    '/* The forecast from readings [HINDCAST_WINDOW x HINDCAST_READINGS] at times [HINDCAST_WINDOW], each in the unit of',
    ` * the target: forecast [HINDCAST_HORIZON]; intervals [HINDCAST_HORIZON x HINDCAST_ENDS], the low and the high end of`,
    ` * 50, 80 and 95 per cent${intervals === null ? ' (of this model none are known: NaN)' : ''}, or NULL. */`,
    'static inline void hindcast_forecast(const float *readings, const int64_t *times, float *forecast, float *intervals) {',
    '  float said[HINDCAST_OUTPUTS] = {0.0f};',
    '  const float *w = hindcast_networks;',
    '  int member, lead, k;',
    '  for (member = 0; member < HINDCAST_MEMBERS; member++) w = hindcast_network(w, readings, times, said);',
    `  for (k = 0; k < HINDCAST_OUTPUTS; k++) said[k] *= ${cFloat(Math.fround(lstmShare / members.length))};`,
    ...(linear === null ? [] : [C_LINEAR]),
    `  for (k = 0; k < HINDCAST_OUTPUTS; k++) said[k] = ${clip(`said[k] * ${cFloat(Math.fround(target.scale))} + ${cFloat(Math.fround(target.mean))}`)};`,
    '  for (lead = 0; lead < HINDCAST_HORIZON; lead++) {',
    `    float *own = said + lead * ${each};`,
    ...(quantiles === null ? [] : [cSort(each)]),
    `    forecast[lead] = own[${quantiles?.median ?? 0}];`,
    '    if (intervals == NULL) continue;',
    ...(intervals === null
      ? ['    for (k = 0; k < HINDCAST_ENDS; k++) intervals[lead * HINDCAST_ENDS + k] = NAN;']
      : [
          '    {',
          ...(places === undefined ? [] : [`      static const int places[HINDCAST_ENDS] = {${places}};`]),
          '      float *ends = intervals + lead * HINDCAST_ENDS, low = INFINITY, high = -INFINITY, spread = 1.0f;',
          ...(season === null
            ? []
            : [
                '      int64_t newest = times[HINDCAST_WINDOW - 1];',
                `      float turn = hindcast_turn_of_year(${later});`,
                `      spread = expf(${cFloat(Math.fround(season[0]))} * sinf(turn) + ${cFloat(Math.fround(season[1]))} * cosf(turn));`,
              ]),
          '      for (k = 0; k < HINDCAST_ENDS; k++) {',
          `        float centre = ${places === undefined ? 'own[0]' : 'own[places[k]]'};`,
          `        ends[k] = ${clip('centre + spread * hindcast_offsets[lead * HINDCAST_ENDS + k]')};`,
          '      }',
          '      /* A wider interval holds the narrower ones. */',
          '      for (k = 0; k < HINDCAST_ENDS; k += 2) {',
          '        low = fminf(low, fminf(ends[k], ends[k + 1]));',
          '        high = fmaxf(high, fmaxf(ends[k], ends[k + 1]));',
          '        ends[k] = low;',
          '        ends[k + 1] = high;',
          '      }',
          '    }',
        ]),
    '  }',
    '}',
  ].join('\n');
}

const C_LINEAR = `  {
    float input[HINDCAST_INPUTS];
    const float *row = hindcast_linear_kernel;
    int t, o;
    for (t = 0; t < HINDCAST_WINDOW; t++) {
      hindcast_input(readings + t * HINDCAST_READINGS, times[t], input);
      for (k = 0; k < HINDCAST_INPUTS; k++, row += HINDCAST_OUTPUTS)
        for (o = 0; o < HINDCAST_OUTPUTS; o++) said[o] += input[k] * row[o];
    }
    for (o = 0; o < HINDCAST_OUTPUTS; o++) said[o] += hindcast_linear_bias[o];
  }`;

const cSort = (count: number): string => `    for (k = 1; k < ${count}; k++) {
      float value = own[k];
      int place = k;
      for (; place > 0 && own[place - 1] > value; place--) own[place] = own[place - 1];
      own[place] = value;
    }`;
