import { NOTHING_COUNTED, type Issued } from '../contract/watch';

const HOUR = 3_600_000;
const ISSUED_AT = Date.UTC(2026, 0, 2);
const LEADS = [1, 2, 3];
const around = (value: number, by: number): { low: number; high: number } => ({
  low: value - by,
  high: value + by,
});

/** A forecast of temperature for three hours, with all that is known of one. */
export const issuedFixture: Issued = {
  taken: { added: 1, late: 0, firstLate: null, changed: 0, firstChanged: null },
  forecast: {
    targetName: 'temp',
    quantity: 'temperature',
    unit: '°C',
    issuedAt: ISSUED_AT,
    stepLabel: 'hourly',
    points: LEADS.map((lead) => ({ time: ISSUED_AT + lead * HOUR, lead, value: 4 - lead / 10 })),
    history: {
      time: Float64Array.of(ISSUED_AT - HOUR, ISSUED_AT),
      observed: Float32Array.of(4.5, 4.2),
      filled: new Uint8Array(2),
    },
    expectedError: LEADS.map((lead) => lead / 2),
    intervals: {
      byLead: LEADS.map((lead) => ({
        50: around(4, lead / 2),
        80: around(4, lead),
        95: around(4, 2 * lead),
      })),
      coverage: { 50: 0.5, 80: 0.8, 95: 0.95 },
      part: 'validation',
    },
    event: { threshold: 1, probabilities: [0.7, 0.4, 0.1] },
    warnings: [],
  },
  isNew: true,
  beside: { climatology: [3, 3, 3], best: { name: 'ridge', values: [3.9, 3.8, 3.7] } },
  grade: {
    days: 30,
    points: 90,
    unit: '°C',
    best: 'ridge',
    rmse: { model: 0.8, persistence: 1.4, climatology: 3.1, best: 0.9 },
    bias: -0.1,
    within: 0.94,
    worseSince: null,
  },
  worse: NOTHING_COUNTED,
};
