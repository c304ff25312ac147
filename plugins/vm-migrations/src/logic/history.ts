import type {
  Migration,
  MigrationList,
} from 'backstage-plugin-vm-migrations-common';

/**
 * Keeps the loaded pages of the history right while migrations change, so that nothing
 * has to be loaded again:
 *
 *     page 1   │ newest       ← what newly fits is put in where it belongs,
 *     page 2   │   ⋮            what changed is replaced, what no longer fits is taken out
 *     page 3   │ oldest loaded
 *     ─────────┘
 *     not loaded              ← comes with its own page; only the total is kept right
 */
export interface HistoryChange {
  migration: Migration;
  /** Whether it belongs to this history: it has ended and the filter lets it through. */
  fits: boolean;
  /** It is known to have been no part of this history before, whatever pages are loaded. */
  isNew: boolean;
}

/** The order of the history, newest first, as the API sorts it. */
export function compareNewestFirst(
  left: Pick<Migration, 'id' | 'createdAt'>,
  right: Pick<Migration, 'id' | 'createdAt'>,
): number {
  if (left.createdAt !== right.createdAt) {
    return left.createdAt < right.createdAt ? 1 : -1;
  }
  if (left.id !== right.id) {
    return left.id < right.id ? 1 : -1;
  }
  return 0;
}

/** The same pages without a record that became part of another one. */
export function removeFromHistory(
  pages: MigrationList[],
  id: string,
): MigrationList[] {
  const at = pages.findIndex(page => page.items.some(item => item.id === id));
  return at < 0
    ? pages
    : withTotal(
        pages.map((page, index) =>
          index === at
            ? { ...page, items: page.items.filter(item => item.id !== id) }
            : page,
        ),
        -1,
      );
}

/** The same pages with the change worked in; the same array when it concerns none. */
export function applyToHistory(
  pages: MigrationList[],
  { migration, fits, isNew }: HistoryChange,
): MigrationList[] {
  const known = pages
    .flatMap(page => page.items)
    .find(item => item.id === migration.id);
  if (known && known.revision >= migration.revision) {
    return pages;
  }
  if (known && fits && known.createdAt === migration.createdAt) {
    return pages.map(page => ({
      ...page,
      items: page.items.map(item =>
        item.id === migration.id ? migration : item,
      ),
    }));
  }
  const others = known ? removeFromHistory(pages, migration.id) : pages;
  return fits
    ? insert(others, migration, isNew || known !== undefined)
    : others;
}

function insert(
  pages: MigrationList[],
  migration: Migration,
  isNew: boolean,
): MigrationList[] {
  const index = pages.findIndex(page => {
    const last = page.items.at(-1);
    return last !== undefined && compareNewestFirst(migration, last) < 0;
  });
  const last = pages.at(-1);
  if (index < 0 && last?.pageInfo.nextCursor !== undefined) {
    return isNew ? withTotal(pages, 1) : pages;
  }
  const at = index < 0 ? pages.length - 1 : index;
  return withTotal(
    pages.map((page, pageIndex) =>
      pageIndex === at
        ? {
            ...page,
            items: [...page.items, migration].sort(compareNewestFirst),
          }
        : page,
    ),
    1,
  );
}

function withTotal(
  pages: MigrationList[],
  difference: number,
): MigrationList[] {
  return pages.map(page => ({
    ...page,
    totalItems: page.totalItems + difference,
  }));
}
