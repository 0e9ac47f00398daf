import type { exporting as english } from '../en/export';

export const exporting = {
  title: '내보내기',
  lead: '학습한 모형을 다른 프로그램에서 열 수 있는 파일로 가져갑니다.',
  lockedTitle: '아직 내보낼 모형이 없습니다',
  lockedText: '모형을 학습하거나 학습 기록을 열면 여기에서 가져갈 수 있습니다.',
  toTrain: '학습으로 가기',
  toRuns: '학습 기록으로 가기',
  formatsTitle: '형식',
  formatsText:
    '하나 또는 여러 형식을 고르세요. 형식마다 파일을 열어 학습한 모형과 비교한 뒤에야 내보내기가 끝납니다.',
  noFormat: '먼저 형식을 고르세요.',
  formats: {
    tfjs: {
      name: 'TensorFlow.js',
      opens: '브라우저나 Node에서 TensorFlow.js로 엽니다.',
      holds:
        '신경망과 함께 섞인 부분을 정규화된 값으로 담습니다. 스케일러와 예측 구간은 forecaster.json에 있습니다.',
    },
    onnx: {
      name: 'ONNX',
      opens: 'Python, C++, C#, Java, 브라우저, 휴대전화에서 ONNX Runtime으로 엽니다.',
      holds: '모두 담습니다. 관측값을 제 단위 그대로 넣으면 예보와 예측 구간이 나옵니다.',
    },
    safetensors: {
      name: 'safetensors (PyTorch)',
      opens: 'PyTorch의 nn.LSTM이 제 이름 그대로 가중치를 불러옵니다.',
      holds: '모든 가중치와 스케일러, 예측 구간을 담습니다. 예제가 이들을 이어 줍니다.',
    },
    keras: {
      name: 'Keras',
      opens: 'Keras 3에서 PyTorch, TensorFlow, JAX 가운데 어느 것으로든 엽니다.',
      holds: '모두 담습니다. 관측값을 제 단위 그대로 넣으면 예보와 예측 구간이 나옵니다.',
    },
    savedmodel: {
      name: 'TensorFlow SavedModel',
      opens: 'TensorFlow와 TensorFlow Serving이 입력 이름으로 불러 씁니다.',
      holds: '모두 담습니다. 관측값을 제 단위 그대로 넣으면 예보와 예측 구간이 나옵니다.',
    },
    c: {
      name: 'C 헤더',
      opens: 'ESP32나 라즈베리 파이를 비롯해 C99 컴파일러라면 어디서나 씁니다.',
      holds: '파일 하나에 모두 담습니다. 관측값을 제 단위 그대로 넣으면 예보와 예측 구간이 나옵니다.',
    },
  },
  checked: (difference: string) => `확인함: 가장 큰 차이 ${difference}`,
  noCompiler: '저장했지만 실행해 보지 않았습니다. 이 컴퓨터에 C 컴파일러가 없습니다.',
  memory: (size: string) => `예보할 때 메모리 ${size} 사용`,
  files: '함께 담기는 파일',
  readme: '폴더에 담긴 것과 예제마다의 실행 방법입니다.',
  weightsBin: 'Hindcast와 TensorFlow.js가 쓰는, 32비트 실수로 된 가중치입니다.',
  forecasterJson: '예보에 필요한 나머지 모든 것입니다. Hindcast에서 모형을 다시 열 때도 씁니다.',
  seriesCsv: '학습과 평가에 쓴 관측값(빈 곳은 채운 값)입니다. 스프레드시트에서 열 수 있습니다.',
  export: '내보내기…',
  exporting: '내보내고 확인하는 중…',
  done: '내보내고 확인했습니다. 파일이 학습한 모형과 같은 값을 냅니다. 저장 위치:',
  showInFolder: '폴더에서 보기',
  forecaster: 'forecaster.json에 담긴 내용',
  holds: [
    '목표 열과 입력 열의 순서와 단위',
    '스케일러: 입력과 목표마다의 평균과 척도',
    '윈도, 예보 길이, 달력 입력',
    '열마다의 결측 처리 방법',
    '학습 설정과 시드',
    'Hindcast, TensorFlow, Node의 버전',
    '남겨 둔 구간에서의 점수와 기준 예보의 점수',
  ],
  open: '학습된 모형 열기',
  openText: '내보낸 forecaster.json을 고르면 검증과 예보가 되살아납니다.',
  openButton: '학습된 모형 열기…',
  model: '이 모형',
} satisfies typeof english;
