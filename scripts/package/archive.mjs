import { basename, dirname } from 'node:path';
import { platformKey } from '../setup/project.mjs';
import { firstProgram, gist, run } from '../setup/shell.mjs';
import { SetupProblem } from '../setup/steps.mjs';

/** @param {{ name: string, version: string }} about */
export const folderName = ({ name, version }) => `${name}-${version}-${platformKey}`;

/**
 * The application's folder as one file, to be unpacked anywhere: with zstd where it is there, else with gzip.
 *
 * @param {string} folder
 * @param {string} stem of the file to be written, without its ending
 * @param {number} level of zstd
 * @returns {Promise<string>} the file
 */
export async function makeArchive(folder, stem, level) {
  const zstd = await firstProgram(['zstd']);
  const file = `${stem}.tar.${zstd ? 'zst' : 'gz'}`;
  const compressor = zstd ? `zstd -q -T0 -${level}` : 'gzip -9';
  const owner = ['--owner=0', '--group=0', '--numeric-owner', '--sort=name'];
  const args = [...owner, '-I', compressor, '-cf', file, '-C', dirname(folder), basename(folder)];
  const packed = await run('tar', args);
  if (packed.code === 0) return file;
  throw new SetupProblem(
    `tar could not write ${basename(file)} (${gist(packed.output)}).`,
    'See that GNU tar is there and 1 GB is free, then run the same command again.',
  );
}

/**
 * What macOS and Windows unpack by themselves: a zip, and on macOS a disk image. Untried; see targets.mjs.
 *
 * @param {string} folder
 * @param {string} stem as above
 * @returns {Promise<string[]>} the files
 */
export async function makeZips(folder, stem) {
  const zip = `${stem}.zip`;
  const image = `${stem}.dmg`;
  const commands =
    process.platform === 'darwin'
      ? [
          [zip, 'ditto', ['-c', '-k', '--sequesterRsrc', '--keepParent', folder, zip]],
          [
            image,
            'hdiutil',
            ['create', '-volname', 'Hindcast', '-srcfolder', folder, '-format', 'UDZO', image],
          ],
        ]
      : [[zip, 'tar', ['-a', '-c', '-f', zip, '-C', dirname(folder), basename(folder)]]];
  for (const [file, program, args] of commands) {
    const { code, output } = await run(program, args);
    if (code !== 0)
      throw new SetupProblem(
        `${program} could not write ${basename(file)} (${gist(output)}).`,
        'See that 2 GB are free.',
      );
  }
  return commands.map(([file]) => file);
}
