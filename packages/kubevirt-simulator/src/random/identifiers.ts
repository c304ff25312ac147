import type { Random } from './Random';

/** Kubernetes leaves out vowels and look-alikes, so that no suffix spells a word. */
const SUFFIX_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
const SUFFIX_LENGTH = 5;

/** The five characters that the API server appends to `metadata.generateName`. */
export function nameSuffix(random: Random): string {
  let suffix = '';
  for (let index = 0; index < SUFFIX_LENGTH; index++) {
    suffix += SUFFIX_ALPHABET[random.integer(0, SUFFIX_ALPHABET.length - 1)];
  }
  return suffix;
}

/** A random (version 4) UUID, as `metadata.uid` has it. */
export function uuid(random: Random): string {
  const bytes = Uint8Array.from({ length: 16 }, () => random.integer(0, 255));
  bytes[6] = (bytes[6] % 0x10) + 0x40;
  bytes[8] = (bytes[8] % 0x40) + 0x80;
  const hex = Buffer.from(bytes).toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}
