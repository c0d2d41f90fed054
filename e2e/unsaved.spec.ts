/** What was typed or tapped, and not saved, when the diary is locked: however it is locked, and however late it was typed. */
import type { Locator, Page } from '@playwright/test';
import { visit } from './support/addresses.ts';
import { expectLocked, firstRun, lockNow, unlock } from './support/app.ts';
import { expect, test } from './support/test.ts';

const pin = { kind: 'pin', pin: '481516' } as const;

test('on a shared phone that goes out of sight, a tap and a number of that very moment are there after unlocking', async ({
  page,
}) => {
  await firstRun(page, pin, 'shared');
  await openAt(page, '/questionnaires/phq-9/answer');
  await hideRightAfter(page.getByRole('button', { name: 'Nearly every day' }), 'click');
  await expectLocked(page);
  await unlock(page, pin);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Feeling down, depressed, or hopeless');
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(page.getByRole('button', { name: 'Nearly every day' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );

  await openAt(page, '/questionnaires/top/answer');
  await hideRightAfter(page.getByLabel('Days in the last 7 days'), 'type', '3');
  await expectLocked(page);
  await unlock(page, pin);
  await expect(page.getByLabel('Days in the last 7 days')).toHaveValue('3');
});

test('“Lock now” in one window keeps what is being typed in every other', async ({ page, context }) => {
  await firstRun(page, pin);
  const plan = await context.newPage();
  await openAt(plan, '/plan');
  await plan.getByRole('button', { name: 'Add a line to “What I can do on my own”' }).click();
  const conditions = await context.newPage();
  await openAt(conditions, '/me/conditions');
  await conditions.getByRole('button', { name: 'Add a condition' }).click();
  await plan.getByLabel('In your words').fill('Walk to the canal');
  await conditions.getByLabel('What is it called?').fill('Asthma');
  await conditions.getByLabel('Anything to add').fill('Worse in spring');
  const forms = await context.newPage();
  await openAt(forms, '/me/reminders/new');
  await forms.getByLabel('In your own words').fill('Ring the surgery');
  await forms.getByLabel('How often').selectOption('every');
  await forms.getByLabel('Days from one to the next').fill('9');
  await visit(forms, { path: '/me/use' });
  const day = forms.getByRole('button', { name: /nothing noted\. Add it/ }).last();
  const nothing = forms.getByRole('button', { name: 'none of it today' });
  await day.click();
  await nothing.click();
  await forms.getByRole('button', { name: 'Close' }).click();
  await day.click();
  await lockNow(page);

  await expectLocked(plan);
  await expectLocked(conditions);
  await expect(conditions.getByText('Asthma')).toHaveCount(0);
  await unlock(plan, pin);
  await expect(plan.getByLabel('In your words')).toHaveValue('Walk to the canal');
  await plan.getByRole('button', { name: 'Keep this line' }).click();
  await expect(plan.getByRole('listitem').filter({ hasText: 'Walk to the canal' })).toBeVisible();
  await unlock(conditions, pin);
  await expect(conditions.getByLabel('What is it called?')).toHaveValue('Asthma');
  await expect(conditions.getByLabel('Anything to add')).toHaveValue('Worse in spring');
  await conditions.getByRole('button', { name: 'Save' }).click();
  await expect(conditions.getByRole('button', { name: /Asthma/ })).toBeVisible();

  await unlock(forms, pin);
  await expect(nothing, 'the day is open again').toHaveAttribute('aria-pressed', 'true');
  await forms.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(forms.getByText('0 days with some, 1 day without, 27 days not noted.')).toBeVisible();
  await visit(forms, { path: '/me/reminders/new' });
  await expect(forms.getByLabel('In your own words')).toHaveValue('Ring the surgery');
  await expect(forms.getByLabel('Days from one to the next')).toHaveValue('9');
  await forms.getByRole('button', { name: 'Save' }).click();
  await expect(forms.getByRole('link', { name: /Ring the surgery/ })).toBeVisible();

  // Saved: nothing of it is offered again.
  for (const [window, label] of [
    [plan, 'In your words'],
    [conditions, 'What is it called?'],
  ] as const) {
    await window.reload();
    await unlock(window, pin);
    await expect(window.getByText(/Walk to the canal|Asthma/)).toBeVisible();
    await expect(window.getByLabel(label)).toHaveCount(0);
  }
});

/** Opens the diary at a path; the door comes first. */
async function openAt(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await unlock(page, pin);
}

/** Does something and goes out of sight in the next turn of the page, as a phone does that is locked in the hand. */
async function hideRightAfter(target: Locator, what: 'click' | 'type', text = ''): Promise<void> {
  await target.evaluate(
    async (element, [doing, typed]) => {
      if (doing === 'click' && element instanceof HTMLElement) element.click();
      if (doing === 'type' && element instanceof HTMLInputElement) {
        element.focus();
        document.execCommand('insertText', false, typed);
      }
      await new Promise((go) => setTimeout(go, 0));
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
      document.dispatchEvent(new Event('visibilitychange'));
    },
    [what, text] as const,
  );
}
