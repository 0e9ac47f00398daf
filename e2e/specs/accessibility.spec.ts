import { expect, test } from '../fixtures/app';
import { loadAxe, violations } from '../fixtures/axe';
import { Journey } from '../pages/journey';

test('every screen is clean by axe, in both themes', async ({ app }) => {
  const { window } = app;
  const journey = new Journey(window);
  await loadAxe(app);
  const expectClean = async (screen: string): Promise<void> =>
    test.step(screen, async () => expect(await violations(app)).toEqual([]));

  await expectClean('Data, empty');
  await journey.data.openSample('Seattle');
  await expectClean('Data');
  await journey.next('Columns');
  await expectClean('Columns');
  await journey.next('Model');
  await journey.model.setNumber('Epochs', 5);
  await expectClean('Model');
  await journey.model.startTraining();
  await expect(window.getByText(/Training (is complete|stopped early)/)).toBeVisible();
  await expectClean('Train');
  await journey.next('Verify');
  await expect(window.getByText(/^The (LSTM|blend of LSTM) /)).toBeVisible();
  await expectClean('Verify');
  await journey.next('Forecast');
  await expect(window.getByRole('row', { name: /^2016-01-01/ })).toBeVisible();
  await expectClean('Forecast');
  await journey.next('Export');
  await expectClean('Export');
  await journey.step('Inside').click();
  await expect(window.getByRole('heading', { name: 'What one unit computes' })).toBeVisible();
  await expectClean('Inside the LSTM');
  await journey.go('Runs');
  await expectClean('Runs');
});

test('a training is reached by keyboard alone', async ({ app }) => {
  const { window } = app;
  const press = async (name: RegExp): Promise<void> => {
    for (let tabs = 0; tabs < 80; tabs += 1) {
      await window.keyboard.press('Tab');
      const focused = await window.evaluate(() => {
        const element = document.activeElement;
        return element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? '';
      });
      if (name.test(focused)) {
        await window.keyboard.press('Enter');
        return;
      }
    }
    throw new Error(`Tab did not reach ${name}.`);
  };
  const journey = new Journey(window);
  await press(/^Open Seattle/);
  await expect(journey.button('Next: Columns')).toBeEnabled();
  await press(/^Next: Columns/);
  await expect(journey.heading('Columns')).toBeVisible();
  await press(/^Next: Model/);
  await expect(journey.heading('Model')).toBeVisible();
  await expect(journey.button('Train').last()).toBeEnabled();
  await press(/^Train$/);
  await expect(journey.heading('Train')).toBeVisible();
  await expect(window.getByText(/Training (is complete|stopped early)/)).toBeVisible();
});
