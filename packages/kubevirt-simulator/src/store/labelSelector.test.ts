import { parseLabelSelector } from './labelSelector';

const labels = { app: 'db', 'kubevirt.io/vmi-name': 'crm-1', empty: '' };

describe('parseLabelSelector', () => {
  it.each([
    ['', true],
    ['app=db', true],
    ['app==db', true],
    ['app = db', true],
    ['app=web', false],
    ['app!=web', true],
    ['missing!=web', true],
    ['app', true],
    ['missing', false],
    ['!missing', true],
    ['!app', false],
    ['empty=', true],
    ['missing=', false],
    ['kubevirt.io/vmi-name=crm-1', true],
    ['app in (web,db)', true],
    ['app in (web)', false],
    ['missing in (web)', false],
    ['app notin (web)', true],
    ['app notin (db, web)', false],
    ['missing notin (db)', true],
    ['app in (web, db),kubevirt.io/vmi-name!=crm-2,!missing', true],
    ['app in (web, db),missing', false],
  ])('%s → %s', (selector, expected) => {
    expect(parseLabelSelector(selector)(labels)).toBe(expected);
  });

  it.each(['app=db=x', 'app in db', '=db', 'a b', 'app in (a,b'])(
    'refuses %s',
    selector => {
      expect(() => parseLabelSelector(selector)).toThrow(
        /unable to parse requirement/,
      );
    },
  );
});
