import type { ResourceHealth } from 'backstage-plugin-vm-migrations-common';
import { INSTANCES, MIGRATIONS, VIRTUAL_MACHINES } from '../kubevirt/resources';
import { clusterState } from './clusterState';

function health(
  { plural }: { plural: string },
  options: Partial<ResourceHealth> = {},
): ResourceHealth {
  return {
    resource: plural,
    phase: 'watching',
    since: '2026-03-04T10:00:00.000Z',
    consecutiveFailures: 0,
    ...options,
  };
}

const FAILING: Partial<ResourceHealth> = {
  phase: 'backing-off',
  problem: 'unreachable',
  lastError: 'connection refused',
  consecutiveFailures: 3,
};

describe('clusterState', () => {
  it('is live when everything is watched', () => {
    expect(
      clusterState(true, [
        health(MIGRATIONS),
        health(VIRTUAL_MACHINES),
        health(INSTANCES),
      ]),
    ).toEqual({ state: 'live' });
  });

  it('stays live while a watch that ended in order connects again', () => {
    expect(
      clusterState(true, [
        health(MIGRATIONS, { phase: 'connecting', resourceVersion: '7' }),
        health(VIRTUAL_MACHINES, { phase: 'listing', resourceVersion: '7' }),
        health(INSTANCES),
      ]),
    ).toEqual({ state: 'live' });
  });

  it('is connecting until everything has been listed once', () => {
    expect(clusterState(true, [])).toEqual({ state: 'connecting' });
    expect(
      clusterState(true, [
        health(MIGRATIONS),
        health(VIRTUAL_MACHINES, { phase: 'listing' }),
        health(INSTANCES, { phase: 'connecting' }),
      ]),
    ).toEqual({ state: 'connecting' });
  });

  it('is blind when migrations are not seen, and says why', () => {
    expect(
      clusterState(true, [
        health(MIGRATIONS, FAILING),
        health(VIRTUAL_MACHINES),
        health(INSTANCES),
      ]),
    ).toEqual({
      state: 'blind',
      message: 'Migrations are not seen: connection refused',
    });
  });

  it('stays blind while it tries again', () => {
    for (const phase of ['connecting', 'listing'] as const) {
      expect(
        clusterState(true, [
          health(MIGRATIONS, { ...FAILING, phase, resourceVersion: '7' }),
        ]),
      ).toMatchObject({ state: 'blind' });
    }
  });

  it('is degraded when only something else is not seen', () => {
    expect(
      clusterState(true, [
        health(MIGRATIONS),
        health(VIRTUAL_MACHINES, {
          ...FAILING,
          problem: 'forbidden',
          lastError: 'may not list virtualmachines',
        }),
        health(INSTANCES, { phase: 'stopped' }),
      ]),
    ).toEqual({
      state: 'degraded',
      message:
        'Virtual machines are not seen: may not list virtualmachines; Virtual machine instances are not seen: the watch was stopped',
    });
  });

  it('says that a cluster is no longer configured', () => {
    expect(clusterState(false, [health(MIGRATIONS)])).toMatchObject({
      state: 'unconfigured',
      message: expect.stringContaining('history is kept'),
    });
  });
});
