import { render } from '@testing-library/react';
import { Mark, type MarkName } from './Mark';

const NAMES: MarkName[] = [
  'running',
  'preparing',
  'waiting',
  'succeeded',
  'failed',
  'timed-out',
  'cancelled',
  'unknown',
  'blind',
];

describe('Mark', () => {
  it('has another shape for each state, so that colour is not needed', () => {
    const shapes = NAMES.map(name => {
      const { container } = render(<Mark name={name} />);
      return container.querySelector('svg')?.innerHTML;
    });
    expect(new Set(shapes).size).toBe(NAMES.length);
  });

  it('is nothing to screen readers, which hear the word beside it', () => {
    const { container } = render(<Mark name="failed" />);
    expect(container.firstElementChild).toHaveAttribute('aria-hidden', 'true');
  });
});
