import { MOS_TARGETS, type MosCase, type MosTarget } from './mos';
import { table, type Machine } from './report';

/** What is wanted, as shares: of each case against that run's ridge, of the mean of all, and below the service by target. */
const MOST_ABOVE_RIDGE = 0.01;
const LEAST_BELOW_RIDGE = 0.01;
const LEAST_BELOW_SERVICE = { Tmax: 0.17, Tmin: 0.26 } as const;
const MOST_OFF = 0.03;
const LEVELS = ['50', '80', '95'] as const;

/** The heading that the section begins with; it is the last of its page. */
export const MOS_HEADING = '## A weather service corrected';

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const signed = (share: number): string => `${share < 0 ? '' : '+'}${(100 * share).toFixed(1)} %`;
const verdict = (holds: boolean): string => (holds ? 'yes' : '**no**');

const errorOf = ({ trained }: MosCase, method: keyof MosCase['trained'][number]['scores']): number =>
  mean(trained.map(({ scores }) => scores[method].rmse));
const overRidge = (each: MosCase): number => errorOf(each, 'model') / errorOf(each, 'ridge') - 1;
const overService = (each: MosCase): number => errorOf(each, 'model') / errorOf(each, 'service') - 1;
const isOf = ({ target }: MosCase, { extreme, observed }: MosTarget): boolean =>
  target.extreme === extreme && target.observed === observed;

/** The section of docs/verification.md. */
export function mosSection({ date }: Machine, cases: readonly MosCase[]): string {
  const rows = cases.map((each) => {
    const { target, year, possible, trained } = each;
    const rmse = (method: Parameters<typeof errorOf>[1]): string => errorOf(each, method).toFixed(3);
    const held = LEVELS.map((level) => mean(trained.map(({ coverage }) => coverage[level] ?? NaN)));
    return [
      `${target.observed}_${target.extreme}`,
      year,
      `${trained[0]!.windows.test} of ${possible}`,
      ...(['persistence', 'service', 'serviceCorrected', 'ridge', 'model'] as const).map(rmse),
      signed(overRidge(each)),
      signed(overService(each)),
      trained.map(({ combination }) => Math.round(100 * combination.share)).join(' / '),
      verdict(overRidge(each) <= MOST_ABOVE_RIDGE),
      held.map((share) => (100 * share).toFixed(1)).join(' / '),
      verdict(held.every((share, index) => Math.abs(share - Number(LEVELS[index]) / 100) <= MOST_OFF)),
    ];
  });
  const goals = (['Present', 'Next'] as const).flatMap((observed) => {
    const own = cases.filter(({ target }) => target.observed === observed);
    const ridge = mean(own.map(overRidge));
    return [
      [
        `${observed}_, six cases against ridge`,
        signed(ridge),
        signed(-LEAST_BELOW_RIDGE),
        verdict(ridge <= -LEAST_BELOW_RIDGE),
      ],
      ...MOS_TARGETS.filter((target) => target.observed === observed).map((target) => {
        const below = mean(cases.filter((each) => isOf(each, target)).map(overService));
        const wanted = -LEAST_BELOW_SERVICE[target.extreme];
        return [
          `${observed}_${target.extreme} against the service`,
          signed(below),
          signed(wanted),
          verdict(below <= wanted),
        ];
      }),
    ];
  });
  return `${MOS_HEADING}

Made by \`npm run bench -- mos FILE --write\` on ${date}. The public Seoul LDAPS set (Cho et al. 2020, Earth and Space Science 7): 25
stations, the summers of 2013 to 2017, forecasts of the next day's highest and lowest temperature; one model of all stations, learned from
the years before the test year, from a file that ends with it. Numbers are means over seeds 1, 2 and 3. Each row is
\`hindcast train FILE --target Present_Tmax --horizon 1 --issued-ahead 'LDAPS_*' --service LDAPS_Tmax_lapse --station station --test-from YEAR-01-01\`.

The set tells the next day's extreme twice, and not alike: as \`Next_Tmax\` in the row of the forecast, and as \`Present_Tmax\` in the next row,
which is 0.55 °C lower on average and another value in 94 of 100 rows. What \`Next_\` tells was laid in the row of its own day for the second half of the
table; that includes the day after a summer's last row. It departs more from the service, so more of the error can be learned. Test windows
are fewer than the forecasts with an observation: the first day of a summer has no reading before it, and a forecast from a filled reading is left out.

The lengths of the mean errors that are inputs, no waves of the year, the parts of the blend ([019](decisions/019-the-corrected-service-in-the-blend.md)) and how
their shares are drawn together were chosen on 2013 and 2014 and by what holds for any station; but errors of the test years were seen while this was made, so that they are not as good as fresh ones.
That the errors of stations which share their weather count as few where intervals are learned was decided after the intervals' coverage of these years was known.

${table(
  [
    'target, °C',
    'test',
    'windows',
    'persistence',
    'service',
    'less its running error',
    'ridge',
    'Recommended',
    'against ridge',
    'against service',
    'LSTM in the blend, %',
    'within 1 % of ridge',
    'intervals held, 50 / 80 / 95 %',
    'within 3 points',
  ],
  rows,
)}

${table(['mean', 'reached', 'wanted', 'holds'], goals)}
`;
}
