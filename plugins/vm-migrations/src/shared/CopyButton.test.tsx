import { renderInTestApp } from '@backstage/frontend-test-utils';
import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { CopyButton } from './CopyButton';

describe('CopyButton', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  async function click(isAllowed: boolean) {
    const user = userEvent.setup({ advanceTimers: jest.advanceTimersByTime });
    document.execCommand = jest.fn(() => isAllowed);
    renderInTestApp(<CopyButton text="the record">Copy as JSON</CopyButton>);
    await user.click(screen.getByRole('button', { name: 'Copy as JSON' }));
  }

  it('says for a moment that it has copied', async () => {
    await click(true);
    expect(screen.getByRole('button', { name: 'Copied' })).toBeVisible();
    await act(() => jest.advanceTimersByTimeAsync(2_000));
    expect(screen.getByRole('button', { name: 'Copy as JSON' })).toBeVisible();
  });
});
