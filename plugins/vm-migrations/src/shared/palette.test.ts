import { createTheme } from '@material-ui/core/styles';
import { paletteOf } from './palette';

/** Relative luminance as WCAG defines it. */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5]
    .map(at => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map(part =>
      part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
    );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort(
    (a, b) => a - b,
  );
  return (light + 0.05) / (dark + 0.05);
}

describe.each([
  ['light', { paper: '#FFFFFF', page: '#F8F8F8' }],
  ['dark', { paper: '#424242', page: '#333333' }],
] as const)('the %s palette', (type, grounds) => {
  const palette = paletteOf(createTheme({ palette: { type } }));

  it.each([
    'running',
    'waitingText',
    'failed',
    'neutral',
    'textSecondary',
  ] as const)('has enough contrast for text in %s', name => {
    for (const ground of [...Object.values(grounds), palette.openRow]) {
      expect(contrast(palette[name], ground)).toBeGreaterThanOrEqual(4.5);
    }
  });

  it.each(['waitingMark', 'succeeded', 'controlBorder'] as const)(
    'has enough contrast for marks and borders in %s',
    name => {
      for (const ground of [...Object.values(grounds), palette.openRow]) {
        expect(contrast(palette[name], ground)).toBeGreaterThanOrEqual(3);
      }
    },
  );

  it('has enough contrast for the words on chips', () => {
    for (const [text, chip] of [
      [palette.running, palette.chipActive],
      [palette.waitingText, palette.chipWaiting],
      [palette.neutral, palette.chipNeutral],
    ]) {
      expect(contrast(text, chip)).toBeGreaterThanOrEqual(4.5);
    }
  });
});
