import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { strangeWords } from '../../src-main/contract/strange-words.fixture';
import { answerDialogs, expect, test } from '../fixtures/app';
import { keepPictures } from '../fixtures/screens';
import { Journey } from '../pages/journey';

const rows = (count: number): string =>
  Array.from({ length: count }, (_, day) => {
    const date = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
    return `${date},${day % 9},${(day * 7) % 13}\n`;
  }).join('');

/** What the next dialogs ask, and all labels of the menu. */
async function systemWords(electron: ElectronApplication): Promise<string[]> {
  return electron.evaluate(({ dialog, Menu }) => {
    const asked = (globalThis as { asked?: string[] }).asked ?? [];
    (globalThis as { asked?: string[] }).asked = asked;
    dialog.showOpenDialog = (...given: readonly unknown[]) => {
      const { title = '', filters = [] } = given.at(-1) as Electron.OpenDialogOptions;
      asked.push(title, ...filters.map(({ name }) => name));
      return Promise.resolve({ canceled: true, filePaths: [] });
    };
    const labelsOf = (menu: Electron.Menu | null): string[] =>
      (menu?.items ?? []).flatMap((item) => [item.label, ...labelsOf(item.submenu ?? null)]);
    return [...asked, ...labelsOf(Menu.getApplicationMenu())];
  });
}

test('a Korean window says in Korean what is wrong with a file, how one was read, and what it asks', async ({
  app,
}) => {
  const { window, electron, folder } = app;
  const write = async (name: string, content: string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  };
  const huge = join(folder, 'huge.csv');
  const file = await open(huge, 'w');
  await file.truncate(2 * 1024 ** 3);
  await file.close();
  const choose = async (path: string): Promise<void> => {
    await answerDialogs(electron, path);
    const first = window.getByRole('button', { name: '파일 선택' });
    const another = window.getByRole('button', { name: '다른 자료 열기' });
    await first.or(another).first().waitFor();
    if (!(await first.isVisible())) await another.click();
    await first.click();
  };

  await new Journey(window).heading('Data').waitFor();
  await window.getByRole('radio', { name: '한국어' }).click();

  const refused: readonly (readonly [path: string, sentence: string])[] = [
    [await write('page.csv', '<!doctype html><p>no readings</p>'), '웹 페이지'],
    [await write('prose.csv', 'It was a dark night.\nIt rained.\n'), '숫자 열이 없음'],
    [huge, '한도: 1 GB'],
    [folder, '파일이 아니라 폴더임'],
  ];
  for (const [path, sentence] of refused) {
    await choose(path);
    const notice = window.getByRole('alert').filter({ hasText: sentence });
    await expect(notice).toBeVisible();
    expect(strangeWords(await notice.innerText(), [path.split(/[/\\]/).at(-1) ?? ''])).toEqual([]);
  }
  await keepPictures(app, '9-wrong-file-ko');

  await choose(await write('good.csv', `date,temperature,humidity\n${rows(200)}date,temperature,humidity\n`));
  const reasons = window.getByRole('list', { name: '이 형식으로 본 까닭' });
  await expect(reasons).toContainText('쉼표로 나뉜 3칸');
  await expect(reasons).toContainText('열 이름이 다시 나와 제외함');
  expect(strangeWords(await reasons.innerText())).toEqual([]);
  await keepPictures(app, '9-reasons-ko');

  await systemWords(electron);
  await window.getByRole('button', { name: '다른 자료 열기' }).click();
  await window.getByRole('button', { name: '파일 선택' }).click();
  await expect.poll(async () => (await systemWords(electron)).includes('관측 자료 열기')).toBe(true);
  const said = (await systemWords(electron)).filter((label) => label !== '');
  expect(said).toContain('로그 보기');
  expect(said.flatMap((label) => strangeWords(label))).toEqual([]);

  await window.getByRole('radio', { name: 'English' }).click();
  await expect.poll(async () => (await systemWords(electron)).includes('Show log')).toBe(true);
  expect(app.errors).toEqual([]);
});
