import type { ProblemCode } from './problems';

/** The sentences of `contract/problems.ts` in Korean. A particle that depends on a name is written `{을/를}`. */
export const KOREAN: Readonly<Record<ProblemCode, string>> = {
  'file-missing': '“{file}” 위치에 파일이 없습니다. 경로를 확인하거나 파일을 다시 선택하세요.',
  'folder-gone': '지금 있는 폴더가 더 이상 없습니다. 있는 폴더로 옮겨 명령을 다시 주세요.',
  'file-unreadable':
    '“{file}” 파일을 읽을 수 없습니다({cause}). 접근 권한을 확인하거나, 다른 곳에 복사한 뒤 그 파일을 여세요.',
  'file-damaged': '“{file}” 파일을 읽을 수 없습니다: {cause}. 관측값을 다시 내보내거나 다른 사본을 여세요.',
  'file-changed':
    '“{file}”{을/를} 읽는 동안 파일이 바뀌었습니다. 다른 프로그램이 쓰고 있을 수 있습니다. 그 일이 끝난 뒤 다시 여세요.',
  'file-not-chosen':
    '“{file}”{은/는} 이 창에서 선택한 파일이 아닙니다. “파일 선택”으로 고르거나 창에 끌어다 놓으세요.',
  'file-empty':
    '“{file}” 파일이 비어 있습니다. 관측소 프로그램에서 자료를 다시 내보낸 뒤 새 파일을 선택하세요.',
  'file-too-large':
    '“{file}” 파일은 Hindcast가 열 수 있는 크기를 넘습니다(크기: {size}, 한도: {limit}). 연도별로 나누어 한 부분을 여세요.',
  'database-too-large':
    '“{file}” 데이터베이스는 Hindcast가 읽을 수 있는 크기를 넘습니다(크기: {size}, 한도: {limit}). Home Assistant에서 recorder.purge 동작을 “repack”을 켜고 실행하세요. 시간별 통계는 남고 파일은 작아집니다. 다른 프로그램이라면 관측값을 CSV로 내보내세요.',
  'file-not-text':
    '“{file}” 파일은 관측 자료의 표가 아니라 다음 형식으로 보입니다: {kind}. 관측소 프로그램에서 텍스트(CSV)로 내보낸 파일을 선택하세요.',
  'file-no-table':
    '“{file}” 파일에서 Hindcast가 알아볼 수 있는 표를 찾지 못했습니다: {cause}. 열 이름이 적힌 한 줄과, 관측마다 한 줄이 있어야 합니다.',
  'line-too-long':
    '“{file}” 파일의 {line}번째 줄이 너무 깁니다(한도: {limit}). 한 줄에 관측 하나씩 적힌 텍스트 파일을 선택하세요.',
  'too-many-columns':
    '“{file}” 파일에는 열이 {columns}개 있어 Hindcast가 열 수 있는 {limit}개보다 많습니다. 열을 줄여 다시 내보내세요.',
  'no-rows':
    '“{file}” 파일에는 머리글만 있고 그 아래에 관측값이 없습니다. 더 긴 기간을 내보낸 뒤 다시 여세요.',
  'no-time-column':
    '“{file}” 파일에 날짜가 든 열이 없습니다. 2024-05-01 또는 2024/5/1 13:00 같은 날짜 열이 필요합니다. 열을 추가한 뒤 다시 여세요.',
  'times-shared':
    '“{file}” 파일의 {count}개 행은 “{column}” 열의 시각이 다른 행과 같아서 관측 시각으로 볼 수 없습니다. 다른 날짜 형식을 고르거나, 관측마다 시각이 있는 파일을 선택하세요.',
  'typical-year':
    '“{file}” 파일은 전형 연도(표준 기상년)입니다. 달마다 연도가 달라 {from}~{to}년 가운데 {years}개 연도에서 왔습니다. 모두 {year}년 한 해에 놓았습니다. 모형은 평년의 모습을 배우며, 실제 있었던 날씨와 견줄 수는 없습니다.',
  'unreadable-dates':
    '“{column}” 열의 날짜 {count}개를 읽을 수 없습니다. 처음은 {line}번째 줄의 “{text}”입니다. 이 행들은 제외됩니다.',
  'several-stations':
    '“{file}” 파일에는 {count}개 지점의 관측값이 있습니다. 그중 “{station}” 지점을 읽었습니다. 다른 지점은 아래의 “다르게 읽기”에서 선택하세요.',
  'times-repeated':
    '“{file}”의 {rows}개 행 가운데 {count}개가 앞선 행과 시각이 같아 제외합니다. 같은 시각에서는 첫 행을 씁니다. 다른 지점이나 센서의 값이라면 “다르게 읽기”에서 하나를 선택하거나 파일을 나누세요.',
  'rows-passed-over':
    '“{file}”에서 관측값처럼 보이는 줄 {count}개가 표 위에 있습니다. 첫 줄은 {line}번째 줄입니다: “{text}”. 이 줄들은 제외합니다. “다르게 읽기”에서 열 이름이 있는 줄을 선택하거나, 따로 파일로 저장하세요.',
  'rain-empty':
    '“{column}” 열은 {count}개 행에서 비어 있습니다. 기상청 등은 비가 오지 않은 때를 빈칸으로 두므로 0으로 채웁니다. 관측하지 않은 것이라면 다른 채우기 방법을 선택하세요.',
  'dates-ahead':
    '가장 새로운 관측값의 날짜가 아직 오지 않은 {date}입니다. “다르게 읽기”에서 날짜 형식을 확인하세요.',
  'readings-outside':
    '“{column}” 열의 관측값 {count}개가 날씨로 있을 수 있는 범위({low}~{high} {unit})를 벗어납니다. 결측으로 다룹니다.',
  'readings-far-off':
    '“{column}” 열의 관측 {count}개는 나머지보다 몇 배나 멀리 벗어나 있어 빠진 값으로 봅니다. 잘못이 아니라면 열 화면에서 무엇을 잰 것인지 알려 주세요.',
  'readings-mostly-outside':
    '“{column}” 열의 관측값 대부분({count}개)이 {low}~{high} {unit} 범위를 벗어납니다. 열 화면에서 관측 종류와 단위를 고르거나 이 열을 빼세요.',
  'sensor-stuck':
    '“{column}” 열이 {line}번째 줄부터 관측값 {count}개 동안 {value} {unit}에 머물러 있습니다. 센서가 멈추었을 수 있습니다. “시간에 따른 관측값”에서 지우거나 열 화면에서 이 열을 빼세요.',
  'sensor-jumps':
    '“{column}” 열이 날씨보다 크게 {count}번 튑니다. 처음은 {line}번째 줄로 {from}에서 {to} {unit}입니다. “시간에 따른 관측값”에서 튀는 값을 지우고, 센서 고장이면 열 화면에서 이 열을 빼세요.',
  'spikes-taken':
    '“{column}” 열의 관측값 {count}개가 날씨보다 크게 튀었다가 되돌아옵니다. 결측으로 다룹니다. 실제로 그렇게 관측한 값이라면 “시간에 따른 관측값”에서 그대로 쓰세요.',
  'stuck-taken':
    '“{column}” 열의 관측값 {count}개가 센서가 멈춘 구간에 있습니다. 결측으로 다룹니다. 실제로 그렇게 관측한 값이라면 “시간에 따른 관측값”에서 그대로 쓰세요.',
  'counts-up':
    '“{column}” 열은 초기화될 때까지 쌓이는 값입니다. 입력으로는 각 간격에 내린 양으로 바꾸어 쓰며, 첫 관측값과 빈 구간은 제외합니다.',
  'odd-cells':
    '“{column}” 열의 칸 {count}개에 숫자가 없습니다. 처음은 {line}번째 줄의 “{text}”입니다. 결측으로 처리합니다. 다른 뜻이라면 “다르게 읽기”에서 결측을 나타내는 글자를 정하세요.',
  'too-short':
    '“{file}” 파일의 “{column}” 열에는 행 {rows}개 가운데 관측값이 {count}개뿐이어서 배울 수 없습니다. 긴 빈 곳 없이 행이 {needed}개쯤 필요합니다. 이전이나 이후의 관측을 더하세요. 여러 파일을 함께 열 수 있습니다.',
  'no-number-column': '“{file}” 파일에는 예보할 숫자 열이 없습니다. 관측값이 들어 있는 파일을 선택하세요.',
  'target-words':
    '“{column}” 열에는 글자가 들어 있어({line}번째 줄: “{text}”) 목표로 쓸 수 없습니다. 숫자로 된 열을 선택하세요.',
  'column-words':
    '“{column}” 열에는 글자가 들어 있어({line}번째 줄: “{text}”) 입력으로 쓸 수 없습니다. 역할을 ‘무시’로 바꾸세요.',
  'column-unknown': '“{column}” 열이 없습니다. 있는 열은 다음과 같습니다: {columns}.',
  'column-empty': '선택한 기간에 “{column}” 열의 관측값이 없습니다. 다른 열이나 더 긴 기간을 선택하세요.',
  'column-struck':
    '선택한 기간에서 “{column}” 열의 관측값이 모두 지워져 있습니다. “자료”에서 일부를 되살리거나 이 열을 제외하세요.',
  'too-many-struck':
    '“{column}” 열에서 지운 구간이 {count}개가 되어 한도인 {limit}개를 넘습니다. 더 긴 구간으로 지우거나 “열”에서 제외하세요.',
  'column-constant':
    '“{column}” 열의 값이 모두 같은 값({value})이어서 배울 것이 없습니다. 다른 열이나 더 긴 기간을 선택하세요.',
  'too-few-rows':
    '행이 {rows}개뿐이어서 부족합니다. 입력 길이 {window}, 예보 길이 {horizon}에는 적어도 {needed}행이 필요합니다. 기간을 늘리거나 입력 길이를 줄이세요.',
  'too-few-windows':
    '결측이 있는 행을 빼고 나면 다음 구간에 윈도가 {windows}개만 남습니다: {part}. 결측을 채우거나 입력 길이를 줄이세요.',
  'windows-lost':
    '{part}에 남은 윈도가 없습니다. {columns}에 빈 곳이 있고, 가장 긴 것은 {from}부터 {to}까지입니다. 그 열을 빼거나, 빈 곳을 마지막 관측값으로 채우거나, 더 짧은 입력 길이를 선택하세요.',
  'too-many-steps':
    '{from}부터 {to}까지 {step} 간격으로 시간축을 만들면 {rows}행이 됩니다. 더 짧은 기간을 선택하세요.',
  'step-too-fine':
    '“{file}”의 자료 간격은 {found}이므로 더 촘촘한 간격({wanted})으로 만들 수 없습니다. 같거나 더 긴 간격을 선택하세요.',
  'derived-columns':
    '입력 “{derived}”{은/는} {needed}{으로/로} 계산하는데 “{file}”에 없습니다. 이 입력을 빼거나, 열 표에서 무엇을 잰 열인지 알려 주세요.',
  'derived-step':
    '입력 “{derived}”{은/는} 시간 간격 “{step}”에서 만들 수 없습니다. 더 촘촘한 간격을 선택하거나 이 입력을 빼세요.',
  'extremes-step':
    '“{column}”의 최고와 최저는 관측이 여럿 있어야 구할 수 있는데, 시간 간격 “{step}”에는 하나뿐입니다. 하루처럼 더 긴 간격을 선택하세요.',
  'unit-unknown': '“{column}” 열은 “{unit}” 단위로 나타낼 수 없습니다. 가능한 단위: {units}.',
  'service-unknown':
    '“{column}” 열을 기상 기관의 예보로 지정했지만, 미리 알려지는 열 가운데 없습니다. 그쪽에도 지정하세요.',
  'service-short':
    '“{column}”에 대한 기상 기관의 예보는 선행 시간 {horizon}개 가운데 {leads}개만 알려져 있습니다. 예보 기간을 줄이거나 모든 선행 시간의 열을 지정하세요.',
  'service-missing':
    '마지막 관측 시각 {time}에 기상 기관의 예보가 없고, 예보 없이 예보하기에는 관측이 너무 적습니다. 더 새로운 예보 파일을 추가하세요.',
  'forecasts-no-time':
    '“{file}” 파일을 예보로 지정했지만, 어느 시각의 예보인지 알려 주는 열이 없습니다. 유효 시각의 열 이름을 “예보일시”로 바꾸거나 관측 파일로 지정하세요.',
  'forecasts-no-issue':
    '“{file}” 파일을 예보로 지정했지만, 예보가 언제 발표되었는지 알 수 없고, 한 번 발표한 예보라기에는 기간이 {days}일로 너무 깁니다. 발표 시각의 열 이름을 “발표시각”으로, 또는 선행 시간의 열 이름을 “선행시간”으로 바꾸거나 관측 파일로 지정하세요.',
  'forecasts-no-station':
    '“{file}” 파일은 여러 관측소를 구분하는데, 관측값을 쓰는 “{station}”의 예보가 없습니다. 그 관측소의 파일을 선택하거나 다른 관측소를 선택하세요.',
  'forecasts-uneven':
    '“{station}”의 예보는 다른 관측소보다 짧은 선행 시간까지만 있습니다. 그 관측소를 빼거나 더 짧은 예보 기간을 선택하세요.',
  'forecasts-apart':
    '관측 시각에 해당하는 예보가 없습니다. “{file}” 파일은 {from}부터 {to}까지이고, 예보(“{forecasts}”)는 {first}부터 {last}까지입니다. 같은 기간의 파일을 선택하거나 어느 파일이 관측인지 지정하세요.',
  'forecast-analysis':
    '“{column}” 열은 이름은 예보이지만 예보가 아닌 것으로 보입니다({cause}). 예보할 때는 아무도 알 수 없는 값이어서 점수가 실제보다 좋아 보입니다. 이 열을 빼고, 발표된 그대로의 예보를 쓰세요(Open-Meteo라면 며칠 전 예보의 열).',
  'forecast-clock':
    '“{file}” 파일의 예보는 시각을 {hours}시간 {way} “{readings}” 파일의 관측과 뚜렷이 더 잘 맞아 그만큼 옮겼습니다. “다르게 읽기”에서 관측의 시간대를 지정하는 것이 더 좋습니다. 서머타임이 있는 시계라면 특히 그렇습니다.',
  'stations-together':
    '이 모형은 관측소 {count}곳을 함께 학습했습니다. 검증은 할 수 있지만 예보와 내보내기, 새 관측으로 하는 검증은 아직 할 수 없습니다. 그러려면 관측소 하나만 학습하세요.',
  'event-invalid': '사건 “{event}”{을/를} 쓸 수 없습니다: {cause}.',
  'setting-invalid': '설정 “{setting}”의 값이 맞지 않습니다: {cause}.',
  'request-invalid':
    '요청 “{request}”의 내용이 맞지 않아 거부되었습니다: {cause}. Hindcast를 다시 시작해 보세요.',
  'dataset-gone': '자료가 더 이상 열려 있지 않습니다. 파일을 다시 여세요.',
  cancelled: '요청하신 대로 취소했습니다. 바뀐 것은 없습니다.',
  'reader-died': '파일을 읽는 프로세스가 예기치 않게 끝났습니다({cause}). 파일을 다시 여세요.',
  'reading-stuck':
    '“{file}” 읽기가 더 이상 진행되지 않아 그만두었습니다. 관측값을 다시(가능하면 CSV로) 내보내 새 파일을 여세요.',
  'reading-memory':
    '“{file}” 읽기에 Hindcast가 허용하는 것보다 많은 메모리가 필요해 그만두었습니다. 해마다 나누어 한 부분을 열거나 CSV로 내보내세요.',
  'nothing-to-resume':
    '“{name}”의 학습은 {epochs}에포크 뒤에 끝났습니다. 중단되거나 멈춘 학습만 이어서 할 수 있습니다. 끝난 학습을 더 하려면 에포크 수를 늘리세요.',
  interrupted:
    '요청하신 대로 {epoch}번째 에포크 뒤에 중단했습니다. 학습한 내용은 남아 있어 이어서 할 수 있습니다.',
  'search-too-short':
    '탐색에서 한 에포크도 끝나기 전에 시간이 다 됐습니다. 탐색 시간을 늘리거나 더 작은 신경망을 찾아 보세요.',
  'trainer-busy': '학습이 진행 중입니다. 끝날 때까지 기다리거나 먼저 중지하세요.',
  'nothing-newer':
    '그 파일에는 지금 가장 새로운 관측({newest})보다 더 새로운 관측이 없습니다. 그 뒤로 이어지는 파일을 선택하세요.',
  'watch-late':
    '“{file}”의 관측값 {count}개가 늦게 들어왔습니다. 첫 값은 {first}의 것입니다. 이제부터 반영하며, 이미 낸 예보는 그대로 둡니다.',
  'watch-changed':
    '“{file}”의 관측값 {count}개가 읽은 뒤에 바뀌었습니다. 첫 값은 {first}의 것입니다. 바뀐 값을 쓰며, 이미 낸 예보는 그대로 둡니다.',
  'watch-missing':
    '“{file}”에 {from}부터 {to}까지 관측값 {count}개가 없습니다. 있는 값으로 예보를 이어 갑니다. 더 빠지면 관측소를 살펴보십시오.',
  'watch-without-service':
    '{from}부터 기상 기관의 예보가 없습니다. 다시 들어올 때까지 관측값만으로 학습한 릿지 회귀가 예보합니다. 예보 파일이 계속 들어오는지 확인하십시오.',
  'watch-ahead':
    '“{file}”에 아직 오지 않은 {newest}의 관측값이 있습니다. 그때까지 쓰지 않습니다. 관측소의 시계를 확인하십시오.',
  'watch-silent':
    '“{file}”에 {newest} 이후 관측값이 없습니다. 다음 값이 오면 예보를 이어 갑니다. 관측소를 살펴보십시오.',
  'watch-stuck':
    '“{column}” 열이 {since}부터 {value} {unit}에 머물러 있습니다. 센서가 멈췄을 수 있습니다. 예보는 이어 가니 센서를 살펴보십시오.',
  'watch-caught-up':
    '지켜보지 않는 동안 예보 {count}개를 낼 때가 지났습니다. 각각 그때까지의 관측값만으로 지금 냅니다.',
  'watch-skipped':
    '낼 때가 지난 예보 {count}개(마지막은 {last})는 이제 내지 않습니다. 너무 오래 지켜보지 않았습니다.',
  'watch-worse':
    '{since}부터 “{name}”의 예보가 가장 나은 단순 예보보다 우연으로 볼 수 없을 만큼 나쁩니다. 모든 관측값으로 다시 학습하거나, 단순 예보를 대신 내보내게 하십시오.',
  'watch-retrained':
    '관측값 {rows}개 모두로 다시 학습한 모델이 이제부터 예보합니다. 두 모델 모두 배우지 않은 구간 {count}개에서 보통 오차는 {after}, 앞 모델은 {before}입니다. 앞 모델은 남겨 두었으니 되돌릴 수 있습니다.',
  'watch-retrained-worse':
    '관측값 {rows}개 모두로 다시 학습했으나 쓰지 않습니다. 두 모델 모두 배우지 않은 구간 {count}개에서 새 모델의 보통 오차는 {after}, 지금 모델은 {before}입니다. 지금 모델이 계속 예보합니다.',
  'watch-retrained-few':
    '다시 학습했으나 쓰지 않습니다. 두 모델 모두 배우지 않은 구간이 {count}개뿐인데, 어느 쪽이 나은지 말하려면 {least}개가 필요합니다. 지금 모델이 계속 예보하니, 관측이 더 쌓이면 다시 해 보십시오.',
  'watch-no-source':
    '“{folder}”의 실행이 관측값을 어디서 읽을지 아직 모릅니다. 지켜볼 파일이나 폴더, 데이터베이스를 알려 주십시오.',
  'no-key-store':
    '이 시스템에는 비밀번호를 둘 키 저장소가 없습니다. 비밀번호를 비워 두거나, 명령줄에서 파일로 주십시오.',
  'publish-failed':
    '예보를 “{place}”에 내보내지 못했습니다({cause}). 기록에는 남아 있으며, 다음 예보 때 다시 해 봅니다.',
  'work-busy': '다른 계산이 진행 중입니다. 끝날 때까지 기다리거나 먼저 취소하세요.',
  'trainer-died-before':
    '첫 에포크가 끝나기 전에 학습 프로세스가 예기치 않게 끝났습니다({cause}). 학습을 다시 시작하세요.',
  'trainer-died':
    '학습 프로세스가 예기치 않게 끝났습니다({cause}). {epoch}번째 에포크의 가중치는 저장되어 있어 검증, 예보, 내보내기를 할 수 있습니다.',
  'trainer-failed': '학습이 멈추었습니다: {cause}.',
  'loss-not-finite':
    '{epoch}번째 에포크에서 손실이 숫자가 아닌 값이 되었습니다. 학습률을 낮추어 다시 학습하세요.',
  'engine-missing':
    'TensorFlow 라이브러리를 불러올 수 없습니다({cause}). Hindcast를 다시 설치하고(소스에서는 “npm run setup”) 다시 시작하세요.',
  'run-missing': '그 학습 기록이 더 이상 없습니다. 삭제되었을 수 있으니 다른 기록을 선택하세요.',
  'run-not-trained': '“{name}” 기록에는 아직 끝난 에포크가 없어 보여 드릴 것이 없습니다. 먼저 학습하세요.',
  'run-damaged': '“{name}” 기록의 파일이 손상되었습니다({cause}). 삭제하고 다시 학습하세요.',
  'runs-folder':
    '학습 기록 폴더 “{file}”{을/를} 쓸 수 없어({cause}) 기록을 보여 드리거나 남길 수 없습니다. 그 자리에 있는 것을 바로잡은 뒤 Hindcast를 다시 시작하세요.',
  'user-folder':
    'Hindcast가 폴더 “{file}”에 쓸 수 없습니다({cause}). 사용자에게 쓰기 권한을 주거나 HINDCAST_USER_DATA에 다른 폴더를 지정한 뒤 다시 시작하세요.',
  'disk-full':
    '“{file}” 폴더가 있는 디스크에 남은 공간이 없어 지금 하는 일이 저장되지 않을 수 있습니다. 학습 기록을 완전히 지우는 등 공간을 확보하세요.',
  'preferences-damaged':
    '설정을 읽을 수 없어({cause}) 기본 설정으로 시작했습니다. 예전 설정은 “{file}”에 남아 있습니다.',
  'window-crashed':
    '창의 화면이 예기치 않게 끝나({cause}) 다시 열었습니다. 학습은 계속되고 있으며, 고르신 내용도 그대로입니다.',
  'window-crashes':
    '창의 화면이 거듭 예기치 않게 끝나({cause}) Hindcast를 마칩니다. 자료와 학습 기록은 안전합니다. 다시 시작해 보시고, 계속되면 알려 주세요.',
  'window-unloadable':
    '창의 화면을 열 수 없습니다({cause}). Hindcast를 다시 설치하고(소스에서는 “npm run setup”) 다시 시작하세요.',
  'forecaster-invalid':
    '“{file}” 파일은 Hindcast가 내보낸 예보 모형이 아닙니다({cause}). 내보낸 폴더의 forecaster.json 파일을 선택하세요.',
  'export-mismatch':
    '“{file}” 파일의 결과가 학습한 모형과 달라(가장 큰 차이 {difference}) 내보내기를 취소했습니다. 이 문제를 알려 주세요.',
  'export-unreadable':
    '내보낸 파일을 다시 읽을 수 없어({cause}) 내보내기를 취소했습니다. 다른 것은 바뀌지 않았습니다. 이 문제를 알려 주세요.',
  'cannot-write': '“{file}” 파일을 쓸 수 없습니다({cause}). 다른 폴더를 선택하거나 저장 공간을 확보하세요.',
  'not-ours':
    '“{file}” 항목은 Hindcast가 만든 것이 아닌데 바뀌게 됩니다. 다른 곳으로 옮기거나 다른 폴더를 선택하세요.',
  'folder-busy':
    '다른 Hindcast(프로세스 {pid}, {host})가 “{folder}” 폴더에서 작업하고 있습니다. 끝날 때까지 기다리거나 그 프로그램을 끝내세요. 실행 중인 것이 없다면 “{lock}” 파일을 지우세요.',
  'fleet-empty':
    '“{path}”에 지점의 관측값이 없거나 {limit}곳보다 많습니다. 파일이 든 폴더, “file” 열이 있는 목록, 또는 여러 지점이 든 파일을 지정하세요.',
  'fleet-list-line':
    '“{file}” 파일의 {line}번째 줄은 지점이 아닙니다. 파일이 있어야 하고, 위도와 경도는 도 단위여야 합니다. 그 줄을 고치세요.',
  'fleet-exists':
    '“{folder}” 폴더에 다른 지점 묶음이 있거나 다르게 요청한 것이 있습니다. 다른 폴더를 고르거나 전과 같은 명령을 내리세요.',
  'fleet-no-quantity': '“{file}” 파일에는 {quantity} 열이 없습니다. 다른 양을 예보하거나 이 지점을 빼세요.',
  'broker-invalid':
    '브로커의 주소가 아닙니다: {cause}. “hindcast broker”가 알려 주는 postgres://hindcast:PASSWORD@HOST:PORT/hindcast 형식의 주소이며, 주소가 든 파일을 대신 지정할 수 있습니다.',
  'broker-unreachable':
    '“{place}”의 브로커를 쓸 수 없습니다({cause}). 브로커가 그곳에서 실행 중인지, 네트워크가 연결을 허용하는지 확인하세요.',
  'broker-refused':
    '“{place}”의 브로커가 이 사용자나 비밀번호를 받지 않습니다. “hindcast broker”가 알려 준 주소를 그대로 모두 입력하세요.',
  'broker-not-here':
    '“hindcast broker”가 시작하는 PostgreSQL이 이 설치에는 들어 있지 않습니다. PostgreSQL 14 이상을 설치하고 그 주소를 --broker로 지정하세요.',
  'broker-not-started':
    '브로커를 시작할 수 없습니다: {cause}. 원인을 바로잡거나 다른 폴더(--data)나 포트(--port)를 선택하세요.',
  'worker-clock':
    '이 컴퓨터의 시계가 브로커의 시계와 {seconds}초 다릅니다. 그래서 상대가 늦는지 서로 알 수 없습니다. 두 시계를 네트워크 시간에 맞춘 뒤 작업자를 다시 시작하세요.',
  'job-invalid':
    '작업의 형식이 맞지 않아({cause}) 아무것도 하지 않았습니다. 같은 버전의 Hindcast에서 다시 맡기세요.',
  'job-content': '작업에 딸린 자료를 브로커에서 가져올 수 없습니다: {cause}. 명령을 다시 주세요.',
  'job-result-invalid':
    '작업자 “{worker}”{이/가} 넘긴 결과의 형식이 맞지 않아({cause}) 받지 않았습니다. 명령을 다시 주고, 계속되면 그 작업자를 멈추세요.',
  'job-set-aside':
    '브로커의 작업자들에게서 {attempts}번 실패해 제쳐 두었습니다. 마지막은 “{worker}”였습니다({cause}). 원인을 고친 뒤 명령을 다시 주세요.',
  'job-workers-died':
    '작업자들이 이 작업 도중에 거듭 종료되어 제쳐 두었습니다. 메모리를 확인하거나 브로커 없이 훈련하세요.',
  'stations-failed': '지점 {of}곳 가운데 {failed}곳이 실패했습니다. 까닭은 위에 있습니다.',
  'run-exists':
    '“{folder}” 폴더에 이미 학습 기록(“{name}”)이 있습니다. 다른 폴더를 선택하거나, 바꾸려면 --force를 주세요.',
  'cannot-print':
    '보고서를 PDF로 인쇄할 수 없습니다({cause}). HTML로 저장해 인쇄하거나 Hindcast를 다시 설치하세요(소스에서는 “npm run setup”).',
  'columns-differ':
    '“{file}” 파일에는 모형이 학습한 “{column}” 열이 없습니다. 같은 열이 있는 파일을 선택하세요.',
  'ended-unexpectedly':
    '지난번에 Hindcast가 예기치 않게 끝났습니다. 자료와 학습 기록은 마지막으로 저장된 그대로 있습니다.',
  'in-the-log': '자세한 내용은 로그 파일 “{file}”에 있습니다.',
  usage: '{text}',
  unexpected:
    'Hindcast가 예상하지 못한 문제가 생겼습니다: {cause}. 자료와 학습 기록은 안전합니다. 다시 시도하세요.',
};
