/** What a desktop on Linux needs to know of the application: texts alone, written by `debian.mjs` and `application.mjs`. */

export const MIME_TYPE = 'application/x-hindcast-forecaster+json';
/** The name that every export gives the file that opens it again (src-main/forecaster). */
export const FORECASTER_FILE = 'forecaster.json';

const WORDS = {
  en: {
    generic: 'Weather forecasts of your own station',
    keywords: ['weather', 'forecast', 'station', 'LSTM'],
  },
  ko: { generic: '내 관측소의 날씨 예보', keywords: ['날씨', '기상', '예보', '관측소', 'LSTM'] },
};
const COMMENT_KO =
  '관측소의 자료로 LSTM을 학습하고, 얼마나 맞는지 정직하게 확인하고, 예보하고, 모형을 가져갑니다.';
const MIME_COMMENT = { en: 'Hindcast forecaster', ko: 'Hindcast 예보 모형' };

/**
 * The desktop entry. It names no switch: Chromium's sandbox stays on.
 *
 * @param {{ productName: string, description: string }} about
 */
export function desktopEntry({ productName, description }) {
  return [
    '[Desktop Entry]',
    'Type=Application',
    `Name=${productName}`,
    `GenericName=${WORDS.en.generic}`,
    `GenericName[ko]=${WORDS.ko.generic}`,
    `Comment=${description}`,
    `Comment[ko]=${COMMENT_KO}`,
    'Exec=hindcast --window %f',
    'Icon=hindcast',
    'Terminal=false',
    `StartupWMClass=${productName}`,
    'Categories=Science;Education;',
    `Keywords=${WORDS.en.keywords.join(';')};`,
    `Keywords[ko]=${WORDS.ko.keywords.join(';')};`,
    `MimeType=${MIME_TYPE};`,
    '',
  ].join('\n');
}

/** The type of an exported forecaster: JSON by its content, known by its name, which outweighs `*.json`. */
export function mimeTypes() {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">',
    `  <mime-type type="${MIME_TYPE}">`,
    `    <comment>${MIME_COMMENT.en}</comment>`,
    `    <comment xml:lang="ko">${MIME_COMMENT.ko}</comment>`,
    '    <sub-class-of type="application/json"/>',
    `    <glob pattern="${FORECASTER_FILE}" weight="80"/>`,
    '  </mime-type>',
    '</mime-info>',
    '',
  ].join('\n');
}

/**
 * The program `hindcast`: the window without a word, with a file, or after `--window`; else the command line, in the
 * Node.js beside it, which needs no display. Why not in Electron: docs/decisions/012-the-command-line-in-a-package.md.
 */
export function launcher() {
  return `#!/bin/sh
# Hindcast: its window, or its command line where a command is named.
here=$(dirname "$(readlink -f "$0")")/..
if [ "$1" = --window ]; then
  shift
  exec "$here/hindcast" "$@"
fi
case "\${1-}" in
  # As a path, so that a file called "train" can be opened too.
  */* | *.json)
    if [ $# -eq 1 ] && [ -f "$1" ]; then exec "$here/hindcast" "$1"; fi ;;
  '')
    if [ $# -eq 0 ] && [ -n "\${DISPLAY-}\${WAYLAND_DISPLAY-}" ]; then exec "$here/hindcast"; fi ;;
esac
unset NODE_OPTIONS NODE_PATH
exec "$here/resources/node/node" "$here/resources/app.asar.unpacked/out/main/cli.cjs" "$@"
`;
}
