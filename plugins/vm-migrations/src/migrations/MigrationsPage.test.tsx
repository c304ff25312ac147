import { coreApis } from '@backstage/frontend-plugin-api';
import {
  mockApis,
  registerMswTestHooks,
  renderTestApp,
} from '@backstage/frontend-test-utils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import {
  act,
  configure,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import {
  BACKEND,
  cluster,
  failingHandlers,
  handlerOf,
  handlersOf,
} from '../__testUtils__/handlers';
import { endedMigration, leg, migration } from '../__testUtils__/migration';
import { ScriptedServer } from '../__testUtils__/ScriptedServer';
import vmMigrationsPlugin from '../index';

// The first page of a run waits for its code to be compiled.
configure({ asyncUtilTimeout: 10_000 });

const worker = setupServer();

describe('MigrationsPage', () => {
  registerMswTestHooks(worker);

  let server: ScriptedServer;
  let ring: () => void;

  beforeEach(() => {
    server = new ScriptedServer();
    ring = () => {};
  });

  function render(path = '/vm-migrations') {
    return renderTestApp({
      features: [vmMigrationsPlugin],
      initialRouteEntries: [path],
      apis: [
        mockApis.discovery({ baseUrl: BACKEND }),
        mockApis.fetch(),
        [
          signalApiRef,
          {
            subscribe: (_channel, onMessage) => {
              // As the real one gets it: text whose shape nobody vouches for.
              ring = () =>
                onMessage(JSON.parse(`{"position":${server.revision}}`));
              return { unsubscribe: () => {} };
            },
          },
        ],
      ],
    });
  }

  function findLiveState() {
    return screen.findByText(/^Live/, { ignore: '[role=status]' });
  }

  async function rowOf(vm: string) {
    const name = await screen.findByText(vm);
    const row = name.closest('tr');
    if (!row) {
      throw new Error(`${vm} stands in no row`);
    }
    return row;
  }

  it('shows moves under way above those that have ended', async () => {
    server.active = [migration({ vm: { name: 'web-1', namespace: 'shop' } })];
    worker.use(
      ...handlersOf({
        server,
        history: () => [
          endedMigration({ id: 'e', vm: { name: 'db-1', namespace: 'pay' } }),
        ],
      }),
    );
    render();
    const table = await screen.findByRole('table', { name: 'Migrations' });
    const [active, ended] = within(table)
      .getAllByRole('rowgroup')
      .filter(group => group.tagName === 'TBODY');
    expect(active).toHaveTextContent(/^Active 1.*Running.*step 6 of 6.*web-1/);
    expect(ended).toHaveTextContent(/^Ended 1.*Succeeded.*db-1.*31 s$/);
    expect(
      within(table)
        .getAllByRole('columnheader')
        .map(({ textContent }) => textContent?.trim()),
    ).toEqual(['Details', 'State', 'VM', 'From → to', 'Started', 'Duration']);
  });

  it('names sites, clusters and nodes of a move', async () => {
    server.active = [
      migration({
        kind: 'cross-cluster',
        phase: 'WaitingForSync',
        source: { cluster: 'kista-1', datacenter: 'kista', node: 'worker-1' },
        target: { cluster: 'lulea-1', datacenter: 'lulea' },
      }),
    ];
    worker.use(...handlersOf({ server }));
    render();
    const row = await rowOf('web-1');
    await waitFor(() => expect(row).toHaveTextContent(/Kista → to Luleå/));
    expect(row).toHaveTextContent('kista-1/worker-1 → to lulea-1, no node yet');
    expect(row).toHaveTextContent('Waiting for the other cluster');
  });

  it('shows changes without loading anything again', async () => {
    server.active = [migration({ phase: 'Scheduling' })];
    let histories = 0;
    worker.use(
      ...handlersOf({
        server,
        history: () => {
          histories += 1;
          return [];
        },
      }),
    );
    render();
    expect(await rowOf('web-1')).toHaveTextContent('Scheduling');
    server.push({
      type: 'migration',
      migration: migration({ phase: 'Running', revision: 2 }),
    });
    act(() => ring());
    await waitFor(async () =>
      expect(await rowOf('web-1')).toHaveTextContent('Running'),
    );
    server.push({
      type: 'migration',
      migration: endedMigration({ revision: 3 }),
    });
    act(() => ring());
    await waitFor(async () =>
      expect(await rowOf('web-1')).toHaveTextContent('Succeeded'),
    );
    expect(screen.queryByText('Active', { selector: 'strong' })).toBeNull();
    expect(screen.getByText('Ended', { selector: 'strong' })).toBeVisible();
    expect(histories).toBe(1);
    expect(
      server.asked.filter(question => question === 'snapshot'),
    ).toHaveLength(1);
  });

  it('opens the details of a row in place and keeps them while it changes group', async () => {
    const running = migration({
      kind: 'cross-cluster',
      legs: [
        leg({ uid: 's', role: 'source', name: 'move-out' }),
        leg({ uid: 't', role: 'target', name: 'move-in', deleted: true }),
      ],
      transitions: [
        {
          leg: 't',
          phase: 'WaitingForSync',
          at: '2026-03-04T10:00:00.000Z',
          timeSource: 'observed',
        },
        {
          leg: 't',
          phase: 'Running',
          at: '2026-03-04T10:00:17.000Z',
          timeSource: 'reported',
        },
      ],
      migrationID: 'pair-7',
    });
    server.active = [running];
    worker.use(...handlersOf({ server }));
    render();
    const button = await screen.findByRole('button', {
      name: 'Show details of web-1',
    });
    expect(button).toHaveAttribute('aria-expanded', 'false');
    await userEvent.click(button);
    expect(button).toHaveAttribute('aria-expanded', 'true');
    const details = () => {
      const heading = screen.getByRole('heading', { name: 'Phases' });
      const cell = heading.closest('td');
      if (!cell) {
        throw new Error('The details stand in no cell');
      }
      return cell;
    };
    expect(details()).toHaveTextContent('kista-1/shop/move-out');
    expect(details()).toHaveTextContent('t, no longer in its cluster');
    expect(details()).toHaveTextContent('pair-7');
    expect(details()).toHaveTextContent(/Waiting for sync.*about 17 s/);
    expect(details()).toHaveTextContent('No phase has been seen.');

    server.push({
      type: 'migration',
      migration: {
        ...running,
        outcome: 'failed',
        phase: 'Failed',
        failure: { leg: 't', message: 'Target pod is down' },
        revision: 2,
      },
    });
    act(() => ring());
    await screen.findByRole('heading', { name: 'Message from KubeVirt' });
    expect(details()).toHaveTextContent('Target pod is down');
  });

  it('copies the record of a row', async () => {
    const user = userEvent.setup();
    server.active = [migration()];
    worker.use(...handlersOf({ server }));
    render();
    await user.click(
      await screen.findByRole('button', { name: 'Show details of web-1' }),
    );
    const copied = jest.fn(() => true);
    document.execCommand = copied;
    await user.click(screen.getByRole('button', { name: 'Copy as JSON' }));
    expect(copied).toHaveBeenCalledWith('copy');
    expect(await screen.findByRole('button', { name: 'Copied' })).toBeVisible();
  });

  it('asks the server for ended moves by the filter of the address and filters the others itself', async () => {
    server.active = [
      migration({ id: 'a', vm: { name: 'web-1', namespace: 'shop' } }),
      migration({ id: 'b', vm: { name: 'db-1', namespace: 'pay' } }),
    ];
    const filters: string[] = [];
    worker.use(
      ...handlersOf({
        server,
        history: filter => {
          filters.push(filter);
          return [];
        },
      }),
    );
    render('/vm-migrations/migrations?filter=vm:web-*');
    expect(await rowOf('web-1')).toBeVisible();
    expect(screen.queryByText('db-1')).toBeNull();
    expect(filters).toEqual(['vm:web-* -outcome:active']);
  });

  it('does not ask for ended moves when only active ones are wanted', async () => {
    server.active = [migration()];
    const history = jest.fn(() => []);
    worker.use(...handlersOf({ server, history }));
    render('/vm-migrations/migrations?filter=outcome:active');
    expect(await rowOf('web-1')).toBeVisible();
    expect(history).not.toHaveBeenCalled();
  });

  it('loads older ones page by page', async () => {
    const items = Array.from({ length: 60 }, (_, index) =>
      endedMigration({
        id: `m${index}`,
        vm: { name: `vm-${index}`, namespace: 'shop' },
        createdAt: new Date(
          Date.UTC(2026, 2, 4) - index * 60_000,
        ).toISOString(),
      }),
    );
    worker.use(...handlersOf({ server, history: () => items }));
    render();
    expect(await screen.findByText('50 of 60 shown')).toBeVisible();
    expect(screen.queryByText('vm-59')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Show more' }));
    expect(await screen.findByText('vm-59')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
  });

  it('says of which blind cluster nothing is known', async () => {
    server.active = [migration()];
    server.clusters = [
      cluster({ state: 'blind', blindSince: '2026-03-04T10:04:00.000Z' }),
    ];
    worker.use(...handlersOf({ server }));
    render();
    expect(await rowOf('web-1')).toHaveTextContent(
      /No data from kista-1 since/,
    );
  });

  it('shows hostile names as text', async () => {
    const hostile = '<img src=x onerror="document.title=1">';
    server.active = [
      migration({
        vm: { name: hostile, namespace: '<b>bold</b>' },
        source: { cluster: 'kista-1', node: '<script>' },
      }),
    ];
    worker.use(...handlersOf({ server }));
    const { container } = render();
    const row = await rowOf(hostile);
    expect(row).toHaveTextContent('<b>bold</b>');
    expect(row).toHaveTextContent('<script>');
    expect(container.querySelector('img, b, td script')).toBeNull();
  });

  describe('states', () => {
    it('is loading, and shows so after a moment only', async () => {
      worker.use(
        handlerOf('/migrations', () => new Promise<Response>(() => {})),
        ...handlersOf({ server }),
      );
      render();
      await screen.findByRole('textbox', { name: 'Filter' });
      expect(screen.queryByText('Loading migrations')).toBeNull();
      expect(await screen.findByText('Loading migrations')).toBeInTheDocument();
      expect(screen.queryByRole('table')).toBeNull();
    });

    it('is empty before anything has moved', async () => {
      worker.use(...handlersOf({ server }));
      render();
      expect(
        await screen.findByRole('region', { name: 'No migration yet' }),
      ).toHaveTextContent('120 machines are watched.');
    });

    it('is empty by its filter, and the filter can be cleared', async () => {
      worker.use(
        ...handlersOf({
          server,
          history: filter =>
            filter.includes('vm:none') ? [] : [endedMigration()],
        }),
      );
      render('/vm-migrations/migrations?filter=vm:none');
      const state = await screen.findByRole('region', {
        name: 'No migration fits this filter',
      });
      await waitFor(() =>
        expect(state).toHaveTextContent('17 migrations are hidden by it.'),
      );
      await userEvent.click(
        within(state).getByRole('button', { name: 'Clear filter' }),
      );
      expect(await rowOf('web-1')).toBeVisible();
    });

    it('cannot show anything by a filter that cannot be read', async () => {
      worker.use(...handlersOf({ server }));
      render('/vm-migrations/migrations?filter=outcome:bad');
      expect(
        await screen.findByRole('region', {
          name: 'This filter cannot be read',
        }),
      ).toBeVisible();
    });

    it('has failed, and can be tried again', async () => {
      worker.use(...failingHandlers(400));
      render();
      const state = await screen.findByRole('region', {
        name: 'Migrations could not be loaded',
      });
      expect(state).toHaveTextContent('The server answered 400.');
      worker.resetHandlers();
      server.active = [migration()];
      worker.use(...handlersOf({ server }));
      await userEvent.click(
        within(state).getByRole('button', { name: 'Try now' }),
      );
      expect(await rowOf('web-1')).toBeVisible();
    });

    it('has failed on an answer that it does not understand', async () => {
      worker.use(handlerOf('/*', () => HttpResponse.json({ invalid: true })));
      render();
      expect(
        await screen.findByRole('region', {
          name: 'Migrations could not be loaded',
        }),
      ).toHaveTextContent('The server’s answer was not understood.');
    });

    it('shows what can be loaded when the history cannot', async () => {
      server.active = [migration()];
      worker.use(
        handlerOf('/migrations', () => new HttpResponse(null, { status: 400 })),
        ...handlersOf({ server }),
      );
      render();
      expect(await rowOf('web-1')).toBeVisible();
      expect(
        screen.getByText(/These could not be loaded. The server answered 400./),
      ).toBeVisible();
    });

    it('is forbidden, and names the permission', async () => {
      worker.use(...failingHandlers(403));
      render();
      expect(
        await screen.findByRole('region', {
          name: 'You may not see migrations',
        }),
      ).toHaveTextContent(
        'Your account lacks the permission vm-migrations.migration.read.',
      );
      expect(screen.getAllByText('No access')[0]).toBeVisible();
      expect(screen.queryByRole('button', { name: 'Try now' })).toBeNull();
    });

    it('is stale while the server is away: data stays, with its age, and stands still', async () => {
      server.active = [migration()];
      worker.use(...handlersOf({ server }));
      render();
      await rowOf('web-1');
      expect(screen.queryByText(/Offline since/)).toBeNull();
      worker.use(...failingHandlers(502));
      act(() => ring());
      await screen.findAllByText(/Offline since/);
      expect(screen.getByText(/Shown as of/)).toBeVisible();
      const row = await rowOf('web-1');
      expect(row).toHaveTextContent('Running');
      const duration = row.lastElementChild?.textContent;
      await new Promise(resolve => setTimeout(resolve, 1_100));
      expect(row.lastElementChild).toHaveTextContent(String(duration));
    });
  });

  describe('header', () => {
    it('has a title, a tab and a live state', async () => {
      worker.use(...handlersOf({ server }));
      const { apis } = render();
      expect(
        await screen.findByRole('heading', { name: 'VM migrations', level: 1 }),
      ).toBeInTheDocument();
      expect(screen.getByRole('tab', { name: 'Migrations' })).toBeVisible();
      expect(await findLiveState()).toBeVisible();
      expect(
        apis.get(coreApis.appHistory)?.getSnapshot().location.pathname,
      ).toBe('/vm-migrations/migrations');
    });

    it('marks a demo', async () => {
      worker.use(...handlersOf({ server, status: { demo: true } }));
      render();
      const chip = await screen.findByRole('button', { name: /Demo|Made-up/ });
      expect(chip).toHaveTextContent('Demo');
      await userEvent.hover(chip);
      expect(await screen.findByRole('tooltip')).toHaveTextContent(
        'Made-up clusters: nothing shown here is real',
      );
    });

    it('marks nothing where the clusters are real', async () => {
      worker.use(...handlersOf({ server }));
      render();
      await findLiveState();
      expect(screen.queryByText('Demo')).toBeNull();
    });
  });
});
