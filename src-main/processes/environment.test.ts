import { expect, it } from 'vitest';
import { forgetDevelopment } from './environment';

it('takes out what steers TensorFlow and our kernels, and nothing else', () => {
  const environment = {
    PATH: '/bin',
    HINDCAST_KERNELS: 'tensorflow',
    TF_NUM_INTRAOP_THREADS: '4',
    LANG: 'ko_KR',
  };
  forgetDevelopment(environment);
  expect(environment).toEqual({ PATH: '/bin', LANG: 'ko_KR' });
});
