/** The manual page, made from the help of the command line. Plain text. */

/** A line of roff: a backslash, and a dot or a quote at its head, would be commands. @param {string} text */
const plain = (text) => text.replaceAll('\\', '\\e').replaceAll('-', '\\-').replace(/^[.']/, '\\&$&');

/**
 * @param {{ version: string, description: string }} about
 * @param {string} overview what `--help` prints
 * @param {{ name: string, help: string }[]} commands what `COMMAND --help` prints
 */
export function manPage({ version, description }, overview, commands) {
  const exits = overview.split('\n').find((line) => line.includes('Exit codes:')) ?? '';
  return [
    `.TH HINDCAST 1 "" "Hindcast ${plain(version)}" "User Commands"`,
    '.SH NAME',
    `hindcast \\- ${plain(description.replace(/\.$/, ''))}`,
    '.SH SYNOPSIS',
    '.nf',
    'hindcast',
    'hindcast \\-\\-window [FILE]',
    'hindcast FILE/forecaster.json',
    'hindcast COMMAND [OPTION]...',
    '.fi',
    '.SH DESCRIPTION',
    plain(
      'Without a command, or with an exported forecaster, the window opens. The commands need no display.',
    ),
    plain(exits),
    '.SH COMMANDS',
    ...commands.flatMap(({ name, help }) => [
      `.SS ${plain(name)}`,
      '.nf',
      ...help.trimEnd().split('\n').map(plain),
      '.fi',
    ]),
    '.SH ENVIRONMENT',
    '.TP',
    'HINDCAST_USER_DATA',
    'another folder for the runs and settings of the window',
    '.TP',
    'CUDA_VISIBLE_DEVICES',
    plain('what of the graphics cards TensorFlow may see; it is CUDA’s own'),
    '',
  ].join('\n');
}

/** The names of the commands, as the overview lists them. @param {string} overview */
export const commandsIn = (overview) =>
  [...overview.matchAll(/^ {2}([a-z]+) {2,}\S/gm)].map((match) => match[1]);
