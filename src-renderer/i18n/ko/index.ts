import { analysis } from './analysis';
import { broker } from './broker';
import { charts } from './charts';
import { columns } from './columns';
import { common } from './common';
import { coverage } from './coverage';
import { data } from './data';
import { exporting } from './export';
import { fleet } from './fleet';
import { forecast } from './forecast';
import { forecastLog } from './forecast-log';
import { inside } from './inside';
import { model } from './model';
import { rain } from './rain';
import { readings } from './readings';
import { report } from './report';
import { runs } from './runs';
import { search } from './search';
import { train } from './train';
import { verify } from './verify';
import { distribution, warnings } from './warnings';
import { watch } from './watch';

export const ko = {
  common,
  data,
  columns,
  model,
  charts,
  train,
  verify,
  coverage,
  analysis,
  fleet,
  broker,
  forecast,
  forecastLog,
  export: exporting,
  inside,
  rain,
  readings,
  report,
  runs,
  search,
  distribution,
  warnings,
  watch,
};
