import { charts } from './charts';
import { columns } from './columns';
import { common } from './common';
import { coverage } from './coverage';
import { data } from './data';
import { exporting } from './export';
import { forecast } from './forecast';
import { inside } from './inside';
import { model } from './model';
import { rain } from './rain';
import { runs } from './runs';
import { train } from './train';
import { verify } from './verify';

export const en = {
  common,
  data,
  columns,
  model,
  charts,
  train,
  verify,
  coverage,
  forecast,
  export: exporting,
  inside,
  rain,
  runs,
};
