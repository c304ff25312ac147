import { useApi, useApiHolder } from '@backstage/frontend-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, type ReactNode } from 'react';
import { liveMigrationsApiRef } from './liveMigrationsApiRef';

/**
 * Everything of the plugin that is put into a page of the portal stands in one of these:
 * while any is mounted, the live set follows the server.
 */
export function LiveProvider({ children }: { children: ReactNode }) {
  const live = useApi(liveMigrationsApiRef);
  const signals = useApiHolder().get(signalApiRef);
  useEffect(() => live.attach(signals), [live, signals]);
  return (
    <QueryClientProvider client={live.queryClient}>
      {children}
    </QueryClientProvider>
  );
}
