import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { alertsQuery } from '../api/alerts.ts';
import { connectionNow, onConnection, watchNetwork } from '../api/connection.ts';
import { openQueryClient } from '../api/query-client.ts';
import { meQuery, organizationIn, overviewQuery } from '../api/session.ts';
import { openRouter, preloadPage } from './router.tsx';

const client = openQueryClient();
const router = openRouter(client);
// All that the first page needs is asked for at once, not one after the other.
preloadPage(router);
void client.prefetchQuery(meQuery);
const organization = organizationIn(location.pathname);
if (organization) {
  void client.prefetchQuery(overviewQuery(organization));
  void client.prefetchQuery(alertsQuery(organization));
}
watchNetwork();
// What failed while the server was away is read anew when it is back.
onConnection(() => {
  if (connectionNow() === 'connected') void client.invalidateQueries();
});

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
