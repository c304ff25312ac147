import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import notificationsPlugin from '@backstage/plugin-notifications/alpha';
import searchPlugin from '@backstage/plugin-search/alpha';
import { screen } from '@testing-library/react';
import vmMigrationsPlugin from 'backstage-plugin-vm-migrations';
import { navModule } from '.';

describe('the sidebar', () => {
  it('leads to the migrations, and home by the sign of the portal', async () => {
    renderTestApp({
      features: [
        notificationsPlugin,
        searchPlugin,
        vmMigrationsPlugin,
        navModule,
      ],
      config: {
        app: { title: 'Portal' },
        backend: { baseUrl: 'http://backend.test' },
      },
      apis: [mockApis.fetch({ baseImplementation: 'none' })],
    });
    expect(
      await screen.findByRole('link', { name: 'VM migrations' }),
    ).toHaveAttribute('href', '/vm-migrations');
    expect(screen.getByRole('link', { name: 'Portal, home' })).toHaveAttribute(
      'href',
      '/',
    );
  });
});
