import { coreApis } from '@backstage/frontend-plugin-api';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { act, screen } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { FilterBar } from './FilterBar';
import { useFilter } from './useFilter';

function Page() {
  const filter = useFilter();
  return (
    <>
      <FilterBar filter={filter} />
      <output aria-label="Applied">{filter.text}</output>
    </>
  );
}

describe('FilterBar', () => {
  let user: UserEvent;

  beforeEach(() => {
    jest.useFakeTimers();
    user = userEvent.setup({ advanceTimers: jest.advanceTimersByTime });
  });

  afterEach(() => jest.useRealTimers());

  function render(path = '/page') {
    const { apis } = renderInTestApp(<Page />, {
      mountPath: '/page',
      initialRouteEntries: [path],
    });
    const history = apis.get(coreApis.appHistory);
    if (!history) {
      throw new Error('The test app has a history');
    }
    return history;
  }

  function rest() {
    return act(() => jest.advanceTimersByTimeAsync(300));
  }

  const field = () => screen.getByRole('textbox', { name: 'Filter' });
  const applied = () => screen.getByLabelText('Applied');

  it('shows the filter of the address', () => {
    render('/page?filter=vm:web-1');
    expect(field()).toHaveValue('vm:web-1');
    expect(applied()).toHaveTextContent('vm:web-1');
  });

  it('applies what is typed once typing rests', async () => {
    const history = render();
    await user.type(field(), 'vm:web-1');
    expect(applied()).toHaveTextContent(/^$/);
    await rest();
    expect(applied()).toHaveTextContent('vm:web-1');
    expect(history.getSnapshot().location.search).toBe('?filter=vm%3Aweb-1');
  });

  it('applies at once on Enter', async () => {
    render();
    await user.type(field(), 'vm:web-1{Enter}');
    expect(applied()).toHaveTextContent('vm:web-1');
  });

  it('says at which character what was expected, and keeps the last filter', async () => {
    render('/page?filter=vm:web-1');
    await user.clear(field());
    await user.type(field(), 'outcome:bad');
    await rest();
    expect(field()).toBeInvalid();
    expect(field()).toHaveAccessibleDescription(
      /character 9, “bad”: expected active, succeeded, failed/,
    );
    expect(applied()).toHaveTextContent('vm:web-1');
    await user.type(field(), '{Backspace}{Backspace}{Backspace}failed');
    await rest();
    expect(field()).toBeValid();
    expect(applied()).toHaveTextContent('outcome:failed');
  });

  it('marks from the mistake on when it is entered', async () => {
    render();
    await user.type(field(), 'outcome:bad{Enter}');
    const input = field();
    expect(input).toBeInstanceOf(HTMLInputElement);
    expect(input).toHaveProperty('selectionStart', 8);
    expect(input).toHaveProperty('selectionEnd', 11);
  });

  it('explains a filter of the address that cannot be read', () => {
    render('/page?filter=outcome:bad');
    expect(field()).toHaveAccessibleDescription(/expected active/);
    expect(
      screen.queryByRole('button', { pressed: true }),
    ).not.toBeInTheDocument();
  });

  it('is one step back for a word, however many letters were applied', async () => {
    const history = render();
    await user.type(field(), 'web');
    await rest();
    await user.type(field(), '-1');
    await rest();
    expect(applied()).toHaveTextContent('web-1');
    await act(async () => history.navigate(-1));
    expect(applied()).toHaveTextContent(/^$/);
    expect(field()).toHaveValue('');
  });

  it('follows the browser back and forward', async () => {
    const history = render();
    await user.click(screen.getByRole('button', { name: 'Failed' }));
    await user.click(screen.getByRole('button', { name: 'Active' }));
    expect(field()).toHaveValue('outcome:active');
    await act(async () => history.navigate(-1));
    expect(field()).toHaveValue('outcome:failed,timed-out');
    expect(screen.getByRole('button', { name: 'Failed' })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
  });

  it('adds a quick choice to what is written', async () => {
    render('/page?filter=vm:web-1');
    const choices = screen.getByRole('group', { name: 'Outcome' });
    expect(choices).toHaveTextContent(
      'AllActiveSucceededFailedCancelledUnknown',
    );
    await user.click(screen.getByRole('button', { name: 'Cancelled' }));
    expect(applied()).toHaveTextContent('vm:web-1 outcome:cancelled');
    await user.click(screen.getByRole('button', { name: 'All' }));
    expect(applied()).toHaveTextContent(/^vm:web-1$/);
  });

  it('keeps what is not about the filter in the address', async () => {
    const history = render('/page?tab=x&filter=vm:web-1');
    await user.click(screen.getByRole('button', { name: 'Clear filter' }));
    expect(history.getSnapshot().location.search).toBe('?tab=x');
    expect(field()).toHaveFocus();
  });

  it('explains the language and names its keys', async () => {
    render();
    await user.click(
      screen.getByRole('button', { name: 'How to write a filter' }),
    );
    expect(
      screen.getByRole('dialog', { name: 'Writing a filter' }),
    ).toHaveTextContent(/vm: .*direction: created:/);
  });
});
