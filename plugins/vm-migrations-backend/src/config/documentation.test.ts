import { readFileSync } from 'node:fs';
import path from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { parse } from 'yaml';
import { readSettings } from './readSettings';
import { validateSites } from './validateSites';

const DOCUMENT = path.resolve(__dirname, '../../../../docs/configuration.md');

describe('docs/configuration.md', () => {
  const examples = [
    ...readFileSync(DOCUMENT, 'utf8').matchAll(/```yaml\n(.*?)```/gs),
  ].map(([, yaml]) => yaml);

  it('has examples', () => {
    expect(examples.length).toBeGreaterThanOrEqual(3);
  });

  it.each(examples)('shows what is accepted: %j', example => {
    const { clusters, datacenters } = readSettings(
      new ConfigReader(parse(example)),
      { logger: mockServices.logger.mock(), insidePod: false },
    );

    expect(() => validateSites(clusters, datacenters)).not.toThrow();
  });

  it('names every key of a cluster and a datacenter', () => {
    const text = readFileSync(DOCUMENT, 'utf8');
    const schema = readFileSync(
      path.resolve(__dirname, '../../config.d.ts'),
      'utf8',
    );
    const keys = [...schema.matchAll(/^\s+(\w+)\??: /gm)].map(([, key]) => key);

    expect(keys).toContain('serviceAccountToken');
    expect(keys.filter(key => !text.includes(`\`${key}\``))).toEqual([]);
  });
});
