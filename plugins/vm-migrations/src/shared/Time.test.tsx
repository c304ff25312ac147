import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { act, screen } from '@testing-library/react';
import { ClockTime, Time } from './Time';

const NOW = new Date(2026, 10, 24, 12, 41, 7).getTime();

describe('Time', () => {
  beforeEach(() => jest.useFakeTimers({ now: NOW }));
  afterEach(() => jest.useRealTimers());

  it('grows by itself, and says in full what it means', async () => {
    renderInTestApp(<Time at={new Date(NOW - 58_000).toISOString()} />);
    const time = screen.getByText('58 s ago');
    expect(time).toHaveAttribute(
      'datetime',
      new Date(NOW - 58_000).toISOString(),
    );
    expect(time).toHaveAttribute(
      'title',
      expect.stringMatching(/24 Nov 2026,? 12:40:09 \S+/),
    );
    await act(() => jest.advanceTimersByTimeAsync(2_000));
    expect(screen.getByText('1 min ago')).toBeVisible();
  });

  it('writes dates in the language of the portal', () => {
    const at = new Date(2026, 9, 1, 8, 30).toISOString();
    renderInTestApp(<Time at={at} />, {
      apis: [
        mockApis.appLanguage({
          defaultLanguage: 'sv',
          availableLanguages: ['sv', 'en'],
        }),
      ],
    });
    expect(screen.getByText('1 okt. 08:30')).toBeVisible();
  });
});

describe('ClockTime', () => {
  it('writes the time of day', () => {
    renderInTestApp(<ClockTime at={new Date(NOW).toISOString()} />);
    expect(screen.getByText('12:41:07')).toBeVisible();
  });
});
