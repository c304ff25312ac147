import { deriveMigration, groupLegs, type DerivedMigration } from '../tracking';
import { legKey, type StoredLeg } from './StoredLeg';

/** One record and the legs that it is made of. */
export interface GroupedRecord {
  id: string;
  legs: StoredLeg[];
  migration: DerivedMigration;
}

/** What a set of legs comes to. */
export interface Grouping {
  records: GroupedRecord[];
  /** Legs that are no record's: only an instance has named them so far. */
  unseen: StoredLeg[];
  /** Ids that are no longer a record of their own, with the record that took them in. */
  merged: { id: string; into: string }[];
  /** Ids that had been merged and are a record of their own again. */
  separated: string[];
}

/**
 * The records that these legs make. The legs are all that share a migrationID, or one
 * without.
 *
 * A record is called after the leg that was seen first, and keeps that name: a leg that
 * joins it later, even one that an instance had named before, does not rename it. When two
 * records turn out to be one, the older name stays.
 */
export function groupRecords(legs: StoredLeg[]): Grouping {
  const records: GroupedRecord[] = [];
  const unseen: StoredLeg[] = [];
  for (const members of groupStored(legs)) {
    const migration = deriveMigration(members.map(({ leg }) => leg));
    if (migration) {
      const id = nameOf(members);
      records.push({ id, legs: members, migration: { ...migration, id } });
    } else {
      unseen.push(...members);
    }
  }

  const merged = [];
  const separated = [];
  for (const { id, legs: members } of records) {
    for (const stored of members) {
      if (ownsRecord(stored) && stored.ownId !== id) {
        merged.push({ id: stored.ownId, into: id });
      }
      if (stored.migrationId && !ownsRecord(stored) && stored.ownId === id) {
        separated.push(id);
      }
    }
  }
  return { records, unseen, merged, separated };
}

/** The legs of each move, in the order in which they were first seen. */
function groupStored(legs: StoredLeg[]): StoredLeg[][] {
  if (legs.length === 1) {
    return [legs];
  }
  const byKey = new Map(legs.map(stored => [legKey(stored.leg), stored]));
  return groupLegs(legs.map(({ leg }) => leg)).map(group =>
    group
      .map(leg => byKey.get(legKey(leg)))
      .filter(stored => stored !== undefined)
      .sort((a, b) => a.leg.firstSeen - b.leg.firstSeen),
  );
}

function ownsRecord({ ownId, migrationId }: StoredLeg): boolean {
  return ownId === migrationId;
}

/** `members` are in the order in which they were first seen. */
function nameOf(members: StoredLeg[]): string {
  const first =
    members.find(ownsRecord) ??
    members.find(({ leg }) => leg.seen) ??
    members[0];
  return first.ownId;
}
