import type { Language } from '../contract/language';
import type { WatchPath } from '../contract/watch';

/** What a saved file holds; null: a name of its own. */
export type SavedPart = 'forecast' | 'report' | 'model' | 'leaderboard';
export type SaveKind = 'csv' | 'svg' | 'png' | 'pdf' | 'html';

interface WindowWords {
  readonly menu: Readonly<
    Record<'file' | 'edit' | 'view' | 'window' | 'help' | 'showLog' | 'about' | MenuRole, string>
  >;
  /** Under which terms Hindcast may be used, for the box that says which one it is. */
  readonly licence: string;
  readonly openReadings: string;
  /** Of a fleet. */
  readonly openStations: string;
  readonly openModel: string;
  readonly watch: Readonly<Record<WatchPath, string>>;
  /** Of the icon that stays while the window is closed. */
  readonly tray: { readonly about: string; readonly show: string; readonly quit: string };
  readonly save: string;
  readonly exportModel: string;
  readonly readings: string;
  readonly text: string;
  readonly databases: string;
  readonly spreadsheets: string;
  readonly compressed: string;
  readonly forecaster: string;
  readonly allFiles: string;
  readonly kinds: Readonly<Record<SaveKind, string>>;
  /** The last word of a suggested name. */
  readonly parts: Readonly<Record<SavedPart, string>>;
  readonly unresponsive: {
    readonly message: string;
    readonly detail: string;
    readonly wait: string;
    readonly reload: string;
  };
}

/** Electron's roles, whose own labels are English. */
export type MenuRole =
  | 'quit'
  | 'close'
  | 'undo'
  | 'redo'
  | 'cut'
  | 'copy'
  | 'paste'
  | 'delete'
  | 'selectAll'
  | 'resetZoom'
  | 'zoomIn'
  | 'zoomOut'
  | 'togglefullscreen'
  | 'toggleDevTools'
  | 'minimize';

/** What the main process says in the system’s own menu and dialogs. */
export const WINDOW_WORDS: Readonly<Record<Language, WindowWords>> = {
  en: {
    menu: {
      file: 'File',
      edit: 'Edit',
      view: 'View',
      window: 'Window',
      help: 'Help',
      showLog: 'Show log',
      about: 'About Hindcast',
      quit: 'Quit',
      close: 'Close',
      undo: 'Undo',
      redo: 'Redo',
      cut: 'Cut',
      copy: 'Copy',
      paste: 'Paste',
      delete: 'Delete',
      selectAll: 'Select all',
      resetZoom: 'Actual size',
      zoomIn: 'Zoom in',
      zoomOut: 'Zoom out',
      togglefullscreen: 'Full screen',
      toggleDevTools: 'Developer tools',
      minimize: 'Minimize',
    },
    licence: 'MIT licence',
    openReadings: 'Open readings',
    openStations: 'Open the stations of a fleet',
    openModel: 'Open a trained model',
    watch: {
      file: 'Watch a file or a database',
      folder: 'Watch a folder in which files appear',
      forecasts: 'Watch a file of the weather service’s forecasts',
      publish: 'Publish the page into a folder',
      csv: 'Write forecasts into a file that grows',
    },
    tray: { about: 'Hindcast watches', show: 'Open Hindcast', quit: 'Quit' },
    save: 'Save',
    exportModel: 'Export the model as a folder',
    readings: 'Readings',
    text: 'Text',
    databases: 'SQLite databases (WeeWX)',
    spreadsheets: 'Spreadsheets',
    compressed: 'Compressed',
    forecaster: 'Forecaster',
    allFiles: 'All files',
    kinds: { csv: 'CSV', svg: 'SVG picture', png: 'PNG picture', pdf: 'PDF', html: 'HTML page' },
    parts: { forecast: 'forecast', report: 'report', model: 'model', leaderboard: 'leaderboard' },
    unresponsive: {
      message: 'The window does not answer.',
      detail: 'You can wait, or load it again. A training goes on either way.',
      wait: 'Wait',
      reload: 'Load again',
    },
  },
  ko: {
    menu: {
      file: '파일',
      edit: '편집',
      view: '보기',
      window: '창',
      help: '도움말',
      showLog: '로그 보기',
      about: '프로그램 정보',
      quit: '종료',
      close: '닫기',
      undo: '실행 취소',
      redo: '다시 실행',
      cut: '잘라내기',
      copy: '복사',
      paste: '붙여넣기',
      delete: '삭제',
      selectAll: '모두 선택',
      resetZoom: '실제 크기',
      zoomIn: '확대',
      zoomOut: '축소',
      togglefullscreen: '전체 화면',
      toggleDevTools: '개발자 도구',
      minimize: '최소화',
    },
    licence: 'MIT 라이선스',
    openReadings: '관측 자료 열기',
    openStations: '여러 지점 열기',
    openModel: '학습한 모형 열기',
    watch: {
      file: '지켜볼 파일이나 데이터베이스',
      folder: '새 파일이 생기는 폴더 지켜보기',
      forecasts: '지켜볼 기상 기관 예보 파일',
      publish: '페이지를 내보낼 폴더',
      csv: '예보를 이어 적을 파일',
    },
    tray: { about: '프로그램이 지켜보는 중', show: '창 열기', quit: '종료' },
    save: '저장',
    exportModel: '모형을 폴더로 내보내기',
    readings: '관측 자료',
    text: '텍스트',
    databases: 'SQLite 데이터베이스(WeeWX)',
    spreadsheets: '스프레드시트',
    compressed: '압축 파일',
    forecaster: '예보 모형',
    allFiles: '모든 파일',
    kinds: { csv: 'CSV', svg: 'SVG 그림', png: 'PNG 그림', pdf: 'PDF', html: 'HTML 페이지' },
    parts: { forecast: '예보', report: '보고서', model: '모형', leaderboard: '순위' },
    unresponsive: {
      message: '창이 응답하지 않습니다.',
      detail: '기다리거나 다시 불러올 수 있습니다. 어느 쪽이든 학습은 계속됩니다.',
      wait: '기다리기',
      reload: '다시 불러오기',
    },
  },
};
