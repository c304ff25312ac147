import { parseNames, parsePort, parseSeed } from './options';

describe('options of the command line', () => {
  it('are read', () => {
    expect(parseNames('kista-1, solna')).toEqual(['kista-1', 'solna']);
    expect(parsePort('8001')).toBe(8001);
    expect(parseSeed('-7')).toBe(-7);
  });

  it.each([
    () => parseNames('Kista'),
    () => parseNames('a,,b'),
    () => parseNames('a,a'),
    () => parsePort('70000'),
    () => parsePort('http'),
    () => parseSeed('1.5'),
  ])('are refused when they make no sense', parse => {
    expect(parse).toThrow(
      expect.objectContaining({ code: 'commander.invalidArgument' }),
    );
  });
});
