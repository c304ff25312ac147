import type {
  Migration,
  MigrationList,
} from 'backstage-plugin-vm-migrations-common';
import fc from 'fast-check';
import { endedMigration, page } from '../__testUtils__/migration';
import {
  applyToHistory,
  compareNewestFirst,
  removeFromHistory,
} from './history';

function ended(minute: number, overrides: Partial<Migration> = {}): Migration {
  return endedMigration({
    id: `m${minute}`,
    createdAt: new Date(Date.UTC(2026, 2, 4, 10, minute)).toISOString(),
    ...overrides,
  });
}

function idsOf(pages: MigrationList[]): string[][] {
  return pages.map(({ items }) => items.map(({ id }) => id));
}

const PAGES = [
  page([ended(50), ended(40)], {
    totalItems: 9,
    pageInfo: { nextCursor: 'second' },
  }),
  page([ended(30), ended(20)], {
    totalItems: 9,
    pageInfo: { nextCursor: 'third' },
  }),
];

describe('applyToHistory', () => {
  it('puts what newly fits where it belongs and counts it', () => {
    const pages = applyToHistory(PAGES, {
      migration: ended(45),
      fits: true,
      isNew: true,
    });
    expect(idsOf(pages)).toEqual([
      ['m50', 'm45', 'm40'],
      ['m30', 'm20'],
    ]);
    expect(pages.map(({ totalItems }) => totalItems)).toEqual([10, 10]);
  });

  it('only counts what belongs to a page that is not loaded', () => {
    const pages = applyToHistory(PAGES, {
      migration: ended(10),
      fits: true,
      isNew: true,
    });
    expect(idsOf(pages)).toEqual(idsOf(PAGES));
    expect(pages[0].totalItems).toBe(10);
  });

  it('does not count again what a page that is not loaded holds already', () => {
    expect(
      applyToHistory(PAGES, { migration: ended(10), fits: true, isNew: false }),
    ).toBe(PAGES);
  });

  it('appends to the last page when everything is loaded', () => {
    const pages = applyToHistory([page([ended(50)])], {
      migration: ended(10),
      fits: true,
      isNew: true,
    });
    expect(idsOf(pages)).toEqual([['m50', 'm10']]);
    expect(pages[0].totalItems).toBe(2);
  });

  it('replaces a record by a newer one only', () => {
    const newer = ended(40, { revision: 2, mode: 'PostCopy' });
    const pages = applyToHistory(PAGES, {
      migration: newer,
      fits: true,
      isNew: false,
    });
    expect(pages[0].items[1]).toBe(newer);
    expect(pages[0].totalItems).toBe(9);
    expect(
      applyToHistory(pages, { migration: ended(40), fits: true, isNew: false }),
    ).toBe(pages);
  });

  it('takes out what no longer fits', () => {
    const pages = applyToHistory(PAGES, {
      migration: ended(30, { revision: 2 }),
      fits: false,
      isNew: false,
    });
    expect(idsOf(pages)).toEqual([['m50', 'm40'], ['m20']]);
    expect(pages[0].totalItems).toBe(8);
  });

  it('moves a record whose creation turned out to be another time', () => {
    const pages = applyToHistory(PAGES, {
      migration: ended(20, { revision: 2, createdAt: ended(45).createdAt }),
      fits: true,
      isNew: false,
    });
    expect(idsOf(pages)).toEqual([['m50', 'm20', 'm40'], ['m30']]);
    expect(pages[0].totalItems).toBe(9);
  });

  it('changes nothing for what does not fit and is not there', () => {
    expect(
      applyToHistory(PAGES, { migration: ended(45), fits: false, isNew: true }),
    ).toBe(PAGES);
  });

  it('ends like a fresh load, whatever order changes come in', () => {
    const records = fc.uniqueArray(fc.integer({ min: 0, max: 59 }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(records, records, (loaded, arriving) => {
        const first = loaded
          .map(minute => ended(minute))
          .sort(compareNewestFirst);
        let pages = [page(first)];
        for (const minute of [...arriving, ...arriving]) {
          pages = applyToHistory(pages, {
            migration: ended(minute),
            fits: true,
            isNew: true,
          });
        }
        const expected = [...new Set([...loaded, ...arriving])]
          .map(minute => ended(minute))
          .sort(compareNewestFirst);
        expect(idsOf(pages)).toEqual([expected.map(({ id }) => id)]);
        expect(pages[0].totalItems).toBe(expected.length);
      }),
    );
  });
});

describe('removeFromHistory', () => {
  it('takes out a record and counts it off', () => {
    const pages = removeFromHistory(PAGES, 'm40');
    expect(idsOf(pages)).toEqual([['m50'], ['m30', 'm20']]);
    expect(pages[1].totalItems).toBe(8);
  });

  it('changes nothing when it is not there', () => {
    expect(removeFromHistory(PAGES, 'elsewhere')).toBe(PAGES);
  });
});

describe('compareNewestFirst', () => {
  it('orders equal times by id, so that the order is the same everywhere', () => {
    const a = { id: 'a', createdAt: '2026-03-04T10:00:00.000Z' };
    const b = { id: 'b', createdAt: '2026-03-04T10:00:00.000Z' };
    expect([a, b].sort(compareNewestFirst)).toEqual([b, a]);
    expect(compareNewestFirst(a, a)).toBe(0);
  });
});
