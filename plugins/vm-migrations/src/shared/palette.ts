import type { Theme } from '@material-ui/core/styles';

/**
 * The plugin's own colours, one set per theme type. Every colour that carries a meaning
 * is here, and nothing else in the plugin names a colour: text, links and papers take
 * Backstage's theme.
 *
 * Contrast on paper and page is at least 4.5 for what text uses and 3 for marks. Failed
 * and timed out share the red, cancelled, unknown and blind the grey: their marks and
 * words tell them apart. In the dark theme chips and open rows are darker than paper,
 * because a light tint would push their text below 4.5.
 */
export type Palette = typeof light;

const light = {
  running: '#1560C9',
  waitingText: '#7A5900',
  waitingMark: '#A87900',
  succeeded: '#00674F',
  failed: '#A9101F',
  neutral: '#5A6675',
  textSecondary: '#616161',
  divider: '#E0E0E0',
  controlBorder: '#8A8A8A',
  track: '#DDE2E6',
  skeleton: '#E4E6E8',
  openRow: '#F2F4F6',
  chipActive: '#E6EEF9',
  chipWaiting: '#F5F0E3',
  chipNeutral: '#EEF0F2',
  preparingFill: '#D3E2F6',
};

const dark: Palette = {
  running: '#80BCFF',
  waitingText: '#F4CD55',
  waitingMark: '#F4CD55',
  succeeded: '#74E8C6',
  failed: '#FF9089',
  neutral: '#C0C8CF',
  textSecondary: '#CCCCCC',
  divider: '#5C5C5C',
  controlBorder: '#A6A6A6',
  track: '#595959',
  skeleton: '#525252',
  openRow: '#3A3A3A',
  chipActive: '#333333',
  chipWaiting: '#333333',
  chipNeutral: '#333333',
  preparingFill: '#3C5675',
};

/** The colours that go with a theme. */
export function paletteOf(theme: Theme): Palette {
  return theme.palette.type === 'dark' ? dark : light;
}
