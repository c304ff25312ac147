import { InvalidArgumentError } from 'commander';

const MAX_PORT = 65_535;

/** Names separated by commas, none twice. */
export function parseNames(value: string): string[] {
  const names = value.split(',').map(name => name.trim());
  if (names.some(name => !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name))) {
    throw new InvalidArgumentError(
      'Names are separated by commas and consist of lower case letters, digits and -.',
    );
  }
  if (new Set(names).size < names.length) {
    throw new InvalidArgumentError('A name is there twice.');
  }
  return names;
}

export function parsePort(value: string): number {
  const port = Number(value);
  if (!Number.isInteger(port) || port < 0 || port > MAX_PORT) {
    throw new InvalidArgumentError(
      `A port is a whole number from 0 (any free one) to ${MAX_PORT}.`,
    );
  }
  return port;
}

export function parseSeed(value: string): number {
  const seed = Number(value);
  if (!Number.isInteger(seed)) {
    throw new InvalidArgumentError('A seed is a whole number.');
  }
  return seed;
}
