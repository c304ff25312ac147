import { mockServices } from '@backstage/backend-test-utils';
import {
  MIGRATIONS,
  VIRTUAL_MACHINES,
  type WatchedResource,
} from '../kubevirt';
import type { WatchedObject } from '../watch/types';
import type { Submission } from './GroupCommitWriter';
import { RecordingSink } from './RecordingSink';

function migration(
  uid: string,
  resourceVersion: string,
  phase?: string,
): WatchedObject {
  return {
    metadata: {
      name: `move-${uid}`,
      namespace: 'shop',
      uid,
      resourceVersion,
      managedFields: [resourceVersion],
    },
    spec: { vmiName: 'web' },
    status: { phase },
  };
}

function setUp(resource: WatchedResource = MIGRATIONS) {
  const submissions: Submission[] = [];
  const logger = mockServices.logger.mock();
  let now = Date.parse('2026-03-04T10:15:00.000Z');
  const sink = new RecordingSink({
    cluster: 'a',
    resource,
    clock: { now: () => (now += 1_000), sleep: async () => {} },
    logger,
    knownUntil: '2026-03-04T09:00:00.000Z',
    submit: async submission => {
      submissions.push(submission);
    },
    onHealth: () => {},
  });
  return { sink, submissions, logger };
}

describe('RecordingSink', () => {
  it('submits an event as observation and position', async () => {
    const { sink, submissions } = setUp();
    await sink.event('ADDED', migration('u1', '5', 'Pending'));
    expect(submissions).toEqual([
      {
        observation: expect.objectContaining({
          kind: 'migration',
          uid: 'u1',
          version: 5,
          deleted: false,
        }),
        position: expect.objectContaining({ resourceVersion: '5' }),
      },
    ]);
  });

  it('submits nothing for a change of what is not kept', async () => {
    const { sink, submissions } = setUp();
    await sink.event('ADDED', migration('u1', '5', 'Pending'));
    await sink.event('MODIFIED', migration('u1', '6', 'Pending'));
    expect(submissions).toHaveLength(1);
    await sink.event('MODIFIED', migration('u1', '7', 'Scheduling'));
    expect(submissions).toHaveLength(2);
  });

  it('submits a deletion, and the object as new when it comes back', async () => {
    const { sink, submissions } = setUp();
    await sink.event('ADDED', migration('u1', '5', 'Pending'));
    await sink.event('DELETED', migration('u1', '6', 'Pending'));
    await sink.event('ADDED', migration('u1', '7', 'Pending'));
    expect(submissions.map(({ observation }) => observation?.deleted)).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('completes a list with everything that it contained, news or not', async () => {
    const { sink, submissions } = setUp();
    await sink.event('ADDED', migration('u1', '5', 'Pending'));
    await sink.listing();
    await sink.page([migration('u1', '5', 'Pending')]);
    await sink.page([migration('u2', '6', 'Running')]);
    await sink.listed('9');
    expect(submissions.slice(1)).toEqual([
      { observation: expect.objectContaining({ uid: 'u2' }) },
      {
        completion: expect.objectContaining({
          present: new Set(['u1', 'u2']),
          version: 9,
        }),
        position: expect.objectContaining({ resourceVersion: '9' }),
      },
    ]);
  });

  it('begins a list that broke off anew', async () => {
    const { sink, submissions } = setUp();
    await sink.listing();
    await sink.page([migration('u1', '5', 'Pending')]);
    await sink.listing();
    await sink.page([migration('u2', '6', 'Running')]);
    await sink.listed('9');
    expect(submissions.at(-1)?.completion?.present).toEqual(new Set(['u2']));
  });

  it('says until when everything was known before the list', async () => {
    const { sink, submissions } = setUp();
    await sink.listing();
    await sink.listed('9');
    expect(submissions[0].completion?.knownUntil).toBe(
      '2026-03-04T09:00:00.000Z',
    );
    await sink.bookmark('12');
    await sink.listing();
    await sink.listed('20');
    expect(submissions[2].completion?.knownUntil).toBe(
      submissions[1].position?.observedAt,
    );
  });

  it('reports an object that it cannot read and does not take it for gone', async () => {
    const { sink, submissions, logger } = setUp();
    const broken = { ...migration('u1', '5'), spec: {} };
    await sink.listing();
    await sink.page([broken, migration('u2', '6', 'Running')]);
    await sink.listed('9');
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('shop/move-u1'),
    );
    expect(submissions.at(-1)?.completion?.present).toEqual(
      new Set(['u1', 'u2']),
    );
  });

  it('knows virtual machines by namespace and name', async () => {
    const { sink, submissions } = setUp(VIRTUAL_MACHINES);
    await sink.listing();
    await sink.page([migration('u1', '5')]);
    await sink.listed('9');
    expect(submissions.at(-1)?.completion?.present).toEqual(
      new Set(['shop/move-u1']),
    );
  });
});
