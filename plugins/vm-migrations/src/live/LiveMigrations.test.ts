import type { VmMigrationsApi } from 'backstage-plugin-vm-migrations-common';
import { ScriptedServer } from '../__testUtils__/ScriptedServer';
import { LiveMigrations } from './LiveMigrations';

describe('LiveMigrations', () => {
  let server: ScriptedServer;
  let live: LiveMigrations;
  const unsubscribe = jest.fn();
  const signals = { subscribe: jest.fn(() => ({ unsubscribe })) };

  beforeEach(() => {
    jest.useFakeTimers();
    jest.clearAllMocks();
    server = new ScriptedServer();
    live = LiveMigrations.create({ api: apiOf(server) });
  });

  afterEach(() => jest.useRealTimers());

  function apiOf(scripted: ScriptedServer): VmMigrationsApi {
    const refuse = async () => {
      throw new Error('not asked for in this test');
    };
    return {
      getChanges: scripted.getChanges,
      listActiveMigrations: scripted.listActiveMigrations,
      listClusters: scripted.listClusters,
      listMigrations: refuse,
      getMigration: refuse,
      listMigrationsByDatacenter: refuse,
      listMigrationsByCluster: refuse,
      listMigrationsByVirtualMachine: refuse,
      listMigrationsByDirection: refuse,
      listVirtualMachines: refuse,
      getVirtualMachine: refuse,
      listDatacenters: refuse,
      getStatus: refuse,
    };
  }

  it('has one feed and one subscription, however many attach', async () => {
    const first = live.attach(signals);
    const second = live.attach(signals);
    await jest.advanceTimersByTimeAsync(0);
    expect(server.asked).toEqual(['snapshot', 'changes 0']);
    expect(signals.subscribe).toHaveBeenCalledTimes(1);
    expect(signals.subscribe).toHaveBeenCalledWith(
      'vm-migrations:changes',
      expect.any(Function),
    );
    first();
    first();
    expect(unsubscribe).not.toHaveBeenCalled();
    second();
    expect(unsubscribe).toHaveBeenCalledTimes(1);
  });

  it('survives being stopped and started at once, as React does in development', async () => {
    live.attach(signals)();
    const detach = live.attach(signals);
    await jest.advanceTimersByTimeAsync(200);
    expect(live.feed.getConnection()).toEqual({ state: 'live' });
    detach();
  });

  it('is delayed in a portal without signals', async () => {
    const detach = live.attach(undefined);
    await jest.advanceTimersByTimeAsync(0);
    expect(live.feed.getConnection().state).toBe('delayed');
    detach();
  });

  it('asks again for what failed when the server is back', async () => {
    const detach = live.attach(signals);
    await jest.advanceTimersByTimeAsync(0);
    const refetch = jest.spyOn(live.queryClient, 'refetchQueries');
    server.failure = new Error('connection refused');
    await jest.advanceTimersByTimeAsync(10_000);
    expect(live.feed.getConnection().state).toBe('offline');
    expect(refetch).not.toHaveBeenCalled();
    server.failure = undefined;
    await jest.advanceTimersByTimeAsync(30_000);
    expect(live.feed.getConnection().state).toBe('live');
    expect(refetch).toHaveBeenCalledTimes(1);
    detach();
  });
});
