import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './shell/desk.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from './api/query-client.js';
import { App } from './shell/app.js';
import { cssVariables, theme } from './shell/theme.js';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element "root"; the page and its script are of different builds. Reload.');

createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={createQueryClient()}>
        <Notifications position="top-center" limit={2} />
        <App />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
