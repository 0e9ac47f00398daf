import type { broker as english } from '../en/broker';

export const broker: typeof english = {
  title: '학습하는 곳',
  none: '이 컴퓨터입니다. 브로커의 주소를 주면 그 작업자들이 여러 컴퓨터에서 관측소를 학습합니다. 수치는 같습니다.',
  address: '브로커 주소',
  addressHelp:
    '“hindcast broker”가 알려 주는 postgres://… 주소입니다. 비밀번호가 들어 있어 시스템의 키 저장소에 보관합니다.',
  use: '이 브로커 쓰기',
  leave: '이 컴퓨터에서 학습',
  tryAgain: '다시 시도',
  notKept: '시스템에 키 저장소가 없어 Hindcast가 끝나면 주소를 잊습니다.',
  connecting: (place) => `${place}의 브로커를 찾는 중입니다`,
  reached: (place) => `${place} 브로커의 작업자들이 학습합니다.`,
  away: (place) =>
    `${place}의 브로커에 닿지 않습니다. 그동안 끝나지 않은 관측소는 이 컴퓨터가 학습하고, 작업자들이 시작한 일은 브로커가 돌아오면 넘겨집니다. 잃거나 두 번 세는 것은 없으며 수치는 같습니다.`,
  nobody:
    '이 일을 할 수 있는 작업자가 없습니다. 작업자가 올 때까지 기다립니다. 어느 컴퓨터에서든 “hindcast worker”를 시작하세요.',
  subjects: { trials: '시험 학습은', networks: '신경망은' },
  trainedThere: (subject, place) => `${subject} ${place} 브로커의 작업자들이 맡습니다.`,
  trainedHere: (subject) => `${subject} 이 컴퓨터가 맡습니다.`,
  unreached: (subject, place) =>
    `${place}의 브로커에 닿지 않아 ${subject} 이 컴퓨터가 맡습니다. 수치는 같습니다.`,
  withoutWorker: (subject, place) =>
    `${place}의 브로커에 이 일을 할 수 있는 작업자가 없어 ${subject} 이 컴퓨터가 맡습니다. 수치는 같습니다.`,
  workers: '작업자',
  name: '작업자',
  version: 'Hindcast(커널)',
  device: '장치',
  doing: '하는 일',
  perMinute: '분당 작업',
  takesNothing: '다른 버전이라 이 일을 맡지 않습니다',
  waits: '일을 기다립니다',
  begins: '시작하는 중',
};
