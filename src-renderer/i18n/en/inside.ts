export const inside = {
  title: 'Inside the LSTM',
  lead: 'Step through one window and see every gate, the memory and what is passed on.',
  subject: 'What to look into',
  lesson: 'The lesson',
  run: 'Your model',
  view: 'What is shown of it',
  lessonViews: {
    days: 'Six days of Seoul',
    numbers: 'First numbers',
    scaled: 'First numbers, scaled',
    stateful: 'State carried on',
  },
  runViews: { window: 'One window', stateful: 'State carried on' },
  lessonTexts: {
    days: 'A small network of 4 units with its first weights, not yet trained, reads the six days of Seoul that the course lesson begins with.',
    numbers:
      'The first numbers of the course lesson: six readings of four inputs, just as they are, in a cell of 10 units whose weights are drawn from a standard normal. Most gates are wide open or shut, and states are 1, −1 or next to nothing: such a cell can hardly learn.',
    scaled:
      'The same readings and the same weights, but each input scaled to mean 0 and deviation 1. Gates now stand between open and shut: that is what scaling is for.',
    stateful:
      'A network of 10 units with its first weights reads all 724 windows of two years of days, made up in the shape of the course lesson, one after another.',
  },
  runStatefulText:
    'The trained network reads its windows one after another. It was trained with windows that begin from zero, and forecasts so, too.',
  runText: (members: number) =>
    `${members > 1 ? `The first of your ${members} trained networks` : 'The trained network'} reads a window of the held-back part, which it has never seen.`,
  loading: 'Looking inside…',
  window: 'What it reads',
  place: (place: string, places: string) => `Window ${place} of ${places}`,
  earlier: 'Earlier window',
  later: 'Later window',
  step: 'Step',
  scaledHelp: 'Below each reading: the number that the network sees, scaled to mean 0 and deviation 1.',
  unscaledHelp: 'The network sees the readings as they are.',
  predicted: (name: string) => `Its forecast of ${name}, one step ahead`,
  observed: 'What was observed',
  equations: 'What one unit computes',
  stepOf: (step: string, steps: string, date: string | null) =>
    `Step ${step} of ${steps}${date === null ? '' : `: ${date}`}`,
  stepNumber: (step: string) => `Step ${step}`,
  shapesHelp: 'In brackets the shapes: of a gate’s weights for all units, and of what it gives at one step.',
  valuesAt: (step: string) => `All units at one step: ${step}`,
  valuesHelp:
    'A column for each unit; a gate gives one number for each. 1.5e−26 is 1.5 divided by ten 26 times.',
  statefulTitle: 'State after each window',
  statefulHelp:
    'Carried on, each window begins with the states that the one before ended with (h0, c0 = hn, cn); from zero, each begins with an empty memory.',
  firstWindows: (windows: string, all: string) => `The first ${windows} of ${all} windows are shown.`,
  statefulLabel: (state: string, unit: string, windows: string) =>
    `${state} of unit ${unit} after each of ${windows} windows, carried on and from zero. The table tells every hundredth.`,
  whichState: 'State',
  passes: { carried: 'carried on', fromZero: 'from zero' },
  windowAxis: 'Window',
  windowNumber: (window: string) => `Window ${window}`,
  everyHundredth: 'Every hundredth window',
  shapesTitle: 'Shapes, and batches of windows',
  shapeNames: {
    windows: 'All windows: windows, steps, inputs',
    input: 'One window: steps, windows, inputs',
    output: 'Hidden state at each of its steps',
    state: 'h0, c0 before it, hn, cn after it: layers, windows, units',
  },
  batches: (count: string, size: string) =>
    count === '1' ? `1 batch of ${size}` : `${count} batches of ${size}`,
  lastBatch: (size: string) => `The last batch, of ${size}`,
  shapesNote:
    'In batches, as training reads them: windows, steps, inputs → windows, values forecast. Within a batch all begin from zero side by side, so nothing is carried on.',
  whichLayer: 'Layer',
  layer: (layer: string) => `Layer ${layer}`,
  whichUnit: 'Unit',
  unit: (unit: string) => `Unit ${unit}`,
  values: {
    input: 'Input gate',
    forget: 'Forget gate',
    candidate: 'Candidate',
    output: 'Output gate',
    cell: 'Cell state',
    hidden: 'Hidden state',
  },
  help: {
    input: 'how much of the candidate is let into the memory',
    forget: 'how much of the old memory is kept',
    candidate: 'what could be written into the memory now',
    output: 'how much of the memory is shown',
    cell: 'the memory: what was kept, and what was let in',
    hidden: 'what is passed on to the next step and the layer above',
  },
  maps: 'All units, step by step',
  mapsHelp: 'Each column is a step of the window, each row a unit; the frame marks the unit and step above.',
  cut: (units: string, steps: string) => `The first ${units} units and the newest ${steps} steps are shown.`,
  scales: {
    input: '0 shut, 1 open',
    forget: '0 forgets, 1 keeps',
    candidate: '−1 to 1',
    output: '0 shut, 1 open',
    cell: 'orange below 0, blue above',
    hidden: '−1 to 1',
  },
  mapLabel: (name: string) =>
    `Heat map: ${name} of every unit at every step. The equations tell the numbers of one unit and step.`,
};
