import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inModules, inProject, projectFolder } from './project.mjs';
import { gist, run } from './shell.mjs';
import { SetupProblem } from './steps.mjs';

const stampFile = inProject('out', 'built-from.json');
const SOURCE_FOLDERS = ['src-main', 'src-renderer', 'resources'];
const SETTINGS = /^(package(-lock)?|tsconfig[\w.]*)\.json$|^[\w.]+\.config\.(ts|js|mjs)$/;
const RESULTS = [
  'out/main/index.cjs',
  'out/main/cli.cjs',
  'out/preload/preload.cjs',
  'out/renderer/index.html',
];

/** @returns {import('./steps.mjs').Step} */
export const buildStep = () => ({
  name: 'Build',
  check: async () => ((await isBuilt()) ? 'ready' : undefined),
  act: async (note) => {
    note('building with electron-vite');
    await rm(stampFile, { force: true });
    const sources = hashOfSources();
    const builder = inModules('electron-vite', 'bin', 'electron-vite.js');
    const built = await run(process.execPath, [builder, 'build'], {
      cwd: projectFolder,
      env: { NO_COLOR: '1' },
    });
    const lacking = RESULTS.filter((file) => !existsSync(inProject(file)));
    if (built.code !== 0 || lacking.length > 0) {
      const reason = built.code === 0 ? `it left out ${lacking.join(', ')}` : gist(built.output, 6);
      throw new SetupProblem(
        `electron-vite could not build the app (${reason}).`,
        '`npx electron-vite build` shows all it has to say.',
      );
    }
    await writeFile(stampFile, JSON.stringify({ sources }));
    return 'built';
  },
});

/** Whether `out/` was built from the sources as they are now. */
export async function isBuilt() {
  try {
    const { sources } = JSON.parse(readFileSync(stampFile, 'utf8'));
    return RESULTS.every((file) => existsSync(inProject(file))) && sources === hashOfSources();
  } catch {
    return false;
  }
}

/** By content, as git and copies do not keep times. Tests are no part of the app. */
function hashOfSources() {
  const files = readdirSync(projectFolder).filter((name) => SETTINGS.test(name));
  for (const folder of SOURCE_FOLDERS) {
    if (!existsSync(inProject(folder))) continue;
    for (const entry of readdirSync(inProject(folder), { recursive: true, withFileTypes: true })) {
      if (entry.isFile() && !entry.name.endsWith('.test.ts')) {
        files.push(join(entry.parentPath, entry.name).slice(projectFolder.length + 1));
      }
    }
  }
  const hash = createHash('sha256');
  for (const file of files.sort())
    hash
      .update(`${file}\0`)
      .update(readFileSync(inProject(file)))
      .update('\0');
  return hash.digest('hex');
}
