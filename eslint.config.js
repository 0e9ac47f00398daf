import { posix } from 'node:path';
import js from '@eslint/js';
import regexp from 'eslint-plugin-regexp';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import { constantsByName } from './scripts/lint/constants-by-name.mjs';
import { noStrandedDoc } from './scripts/lint/stranded-doc.mjs';
import svelteConfig from './svelte.config.js';

/**
 * The house's one direction: which rooms of src-main each room may import from. Rooms that nothing is listed for
 * (contract, files, network) stand at the bottom. A folder within a room has a line of its own; the room around it may
 * import from it, and it never from there.
 */
const ROOMS = {
  contract: [],
  files: ['contract'],
  processes: ['contract'],
  log: ['contract', 'processes'],
  network: ['contract'],
  series: ['contract', 'network'],
  dataset: ['contract', 'files', 'processes', 'series'],
  'dataset/bytes': ['contract', 'files'],
  'dataset/cells': ['contract', 'dataset/bytes'],
  'dataset/time': ['contract', 'dataset/cells'],
  'dataset/readers': ['contract', 'files', 'dataset/bytes', 'dataset/cells', 'dataset/time'],
  'dataset/axis': ['contract', 'processes', 'dataset/cells', 'dataset/time'],
  'dataset/forecasts': ['contract', 'dataset/cells', 'dataset/time', 'dataset/axis', 'dataset/readers'],
  'dataset/suggestion': ['contract', 'series', 'dataset/cells', 'dataset/time', 'dataset/axis'],
  'dataset/summary': [
    'contract',
    'processes',
    'dataset/cells',
    'dataset/time',
    'dataset/axis',
    'dataset/suggestion',
  ],
  'dataset/course': [
    'contract',
    'processes',
    'dataset/cells',
    'dataset/time',
    'dataset/axis',
    'dataset/summary',
  ],
  engine: ['contract', 'network'],
  verification: ['contract', 'series', 'network'],
  'verification/windows': ['contract', 'series', 'network'],
  'verification/algebra': ['network'],
  'verification/baselines': ['contract', 'series', 'network', 'verification/windows', 'verification/algebra'],
  'verification/blend': [
    'contract',
    'series',
    'network',
    'verification/windows',
    'verification/algebra',
    'verification/baselines',
    'verification/scores',
  ],
  'verification/scores': ['contract', 'series', 'network', 'verification/windows'],
  'verification/grade': ['contract', 'series'],
  'verification/intervals': ['contract', 'series', 'network', 'verification/windows'],
  'verification/distribution': ['contract', 'series', 'network', 'verification/windows'],
  'verification/events': ['contract', 'series', 'network', 'verification/windows'],
  'verification/rain': [
    'contract',
    'series',
    'network',
    'verification/windows',
    'verification/algebra',
    'verification/baselines',
    'verification/events',
  ],
  'verification/warnings': [
    'contract',
    'series',
    'network',
    'verification/windows',
    'verification/baselines',
    'verification/distribution',
    'verification/events',
    'verification/intervals',
    'verification/rain',
  ],
  search: ['contract', 'network'],
  forecaster: ['contract', 'files', 'network', 'series', 'verification'],
  formats: ['contract', 'files', 'network', 'series', 'verification', 'forecaster', 'engine'],
  drawing: ['contract', 'forecaster'],
  report: ['contract', 'series', 'drawing', 'forecaster'],
  library: ['contract', 'files', 'network', 'forecaster'],
  training: ['contract', 'network', 'series', 'library', 'engine'],
  model: [
    'contract',
    'files',
    'network',
    'series',
    'verification',
    'forecaster',
    'library',
    'engine',
    'training',
  ],
  sharing: ['contract', 'network', 'series', 'verification', 'library', 'engine', 'training', 'model'],
  trainer: ['contract', 'processes', 'network', 'library', 'training'],
  'trainer/processes': ['contract', 'processes', 'training', 'model'],
  'trainer/tasks': [
    'contract',
    'network',
    'series',
    'verification',
    'forecaster',
    'formats',
    'report',
    'library',
    'engine',
    'training',
    'model',
    'sharing',
    'trainer/processes',
  ],
  services: [
    'contract',
    'processes',
    'series',
    'search',
    'forecaster',
    'library',
    'training',
    'model',
    'trainer',
  ],
  publish: ['contract', 'files', 'series', 'forecaster', 'drawing'],
  watch: ['contract', 'files', 'dataset', 'series', 'publish', 'library', 'services'],
  queue: ['contract', 'files', 'processes'],
  workplace: ['contract', 'files', 'processes', 'library', 'services', 'queue'],
  fleet: [
    'contract',
    'files',
    'dataset',
    'forecaster',
    'report',
    'library',
    'model',
    'services',
    'workplace',
  ],
  cli: [
    'contract',
    'files',
    'processes',
    'log',
    'network',
    'series',
    'dataset',
    'verification',
    'forecaster',
    'drawing',
    'library',
    'model',
    'trainer',
    'services',
    'queue',
    'workplace',
    'fleet',
    'watch',
    'publish',
  ],
  bench: [
    'contract',
    'network',
    'series',
    'dataset',
    'engine',
    'library',
    'training',
    'model',
    'trainer',
    'services',
    'processes',
    'queue',
  ],
  replay: ['contract', 'files', 'network', 'dataset', 'forecaster', 'library', 'model', 'verification'],
  faults: ['contract', 'files', 'network', 'forecaster', 'library', 'model', 'trainer', 'services'],
  preload: ['contract'],
  window: ['contract', 'files', 'processes', 'log', 'trainer'],
  ipc: [
    'contract',
    'files',
    'dataset',
    'series',
    'forecaster',
    'drawing',
    'library',
    'model',
    'services',
    'workplace',
    'fleet',
    'watch',
    'window',
  ],
};
const ELECTRON_ROOMS = ['preload', 'window', 'ipc'];
const TENSOR_FLOW_ROOMS = ['engine', 'bench'];

const ELECTRON_IS_ELSEWHERE = {
  name: 'electron',
  message: 'Only window/, ipc/, preload/ and index.ts know Electron.',
};
const TENSOR_FLOW_IS_ELSEWHERE = {
  name: '@tensorflow/tfjs-node',
  message: 'Only engine/ touches TensorFlow.',
};

/** Any way out of a room but those to `allowed`, which are written as an import in the room writes them: '../contract'. */
function otherRooms(room, allowed) {
  const ways = allowed.map((other) => posix.relative(room, other).replaceAll('.', '\\.'));
  return {
    regex: `^(?!(${ways.join('|')})(/|$))\\.\\.`,
    message: `${room}/ may import from ${allowed.join(', ') || 'nothing'} only: one direction.`,
  };
}

const directionRules = [
  {
    files: ['src-main/*/**/*.ts'],
    ignores: ['**/*.test.ts', '**/*.fixture.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: '', message: 'This folder has no line in the table of rooms in eslint.config.js.' },
          ],
        },
      ],
    },
  },
  ...Object.entries(ROOMS).map(([room, allowed]) => ({
    files: [`src-main/${room}/*.ts`],
    ignores: ['**/*.test.ts', '**/*.fixture.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            ...(ELECTRON_ROOMS.includes(room) ? [] : [ELECTRON_IS_ELSEWHERE]),
            ...(TENSOR_FLOW_ROOMS.includes(room) ? [] : [TENSOR_FLOW_IS_ELSEWHERE]),
          ],
          patterns: [otherRooms(room, allowed)],
        },
      ],
    },
  })),
];

const PRIVATES_BY_NAME = {
  selector:
    ':matches(PropertyDefinition, TSParameterProperty, MethodDefinition[kind!="constructor"])[accessibility]',
  message: 'What is private has a name with #; all else is public.',
};

export default ts.config(
  { ignores: ['out/', 'dist/', 'hindcast-example/', 'artefacts/', 'test-results/', 'playwright-report/'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    plugins: {
      hindcast: { rules: { 'no-stranded-doc': noStrandedDoc, 'constants-by-name': constantsByName } },
    },
    rules: {
      'no-console': 'error',
      eqeqeq: 'error',
      'hindcast/no-stranded-doc': 'error',
      'hindcast/constants-by-name': 'error',
      'no-restricted-syntax': ['error', PRIVATES_BY_NAME],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    files: ['src-main/**/*.ts', 'e2e/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true }, globals: globals.node },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    // Files from outside meet our patterns: none may take longer than in proportion to the text. What is put together
    // from strings, which no lint can read, is measured by dataset/patterns.test.ts.
    files: ['src-main/**/*.ts'],
    ignores: ['**/*.test.ts'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential' }],
    },
  },
  {
    files: ['src-main/**/*.ts'],
    ignores: ['**/*.{test,fixture,setup}.ts', 'src-main/bench/**', 'src-main/faults/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'AbortSignal',
          property: 'any',
          message: 'Electron’s Node 18 has none: underEither of processes/either-aborts.ts.',
        },
      ],
      'no-restricted-syntax': [
        'error',
        PRIVATES_BY_NAME,
        {
          selector: 'CallExpression[callee.name="mkdir"] Property[key.name="recursive"]',
          message:
            'makeFolder of files/atomic.ts makes folders: it names why one cannot be made, and Node does not.',
        },
      ],
    },
  },
  {
    files: ['scripts/**/*.mjs', 'eslint.config.js', 'svelte.config.js'],
    languageOptions: { globals: globals.node },
    rules: { 'no-console': 'off' },
  },
  {
    files: ['src-renderer/**/*.{ts,svelte}'],
    languageOptions: { globals: globals.browser },
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '(^|/)src-main/(?!contract/)',
              message: 'The window imports nothing of src-main but contract/.',
            },
            { regex: '^(node:|electron$)', message: 'The window is sandboxed: no Node, no Electron.' },
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
  },
  {
    files: ['src-renderer/**/*.{ts,svelte}'],
    ignores: ['src-renderer/api/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'hindcast', message: 'Only src-renderer/api touches the bridge.' },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'window', property: 'hindcast', message: 'Only src-renderer/api touches the bridge.' },
      ],
    },
  },
  {
    // The words of a screen: some are functions, all are reached by the name of the screen.
    files: ['src-renderer/i18n/{en,ko}/*.ts'],
    rules: { 'hindcast/constants-by-name': 'off' },
  },
  ...directionRules,
);
