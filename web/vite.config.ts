import { fileURLToPath } from 'node:url';
import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = process.env.LOTLINE_SERVER ?? 'http://127.0.0.1:4000';
const behind = ['/v1', '/auth', '/openapi.json', '/reference', '/problems', '/dev'];

/** Small, and needed by most pages. */
const BASE =
  /[\\/]web[\\/](api[\\/]|ui[\\/](badge|card|list-state|options|progress|search-flag|stat|table|time)\.)|useMutation|useQueries|mutationObserver|queriesObserver/;

/** Builds the web application into `web/dist`; `npm run web:dev` serves it beside a running server. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), tailwind()],
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    sourcemap: false,
    reportCompressedSize: false,
    // Few files, each worth its request: what every page begins with, what most go on with, what the dashboard shows.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'loader', test: /preload-helper/, priority: 4 },
            { name: 'start', test: /[\\/]app[\\/]main\.tsx$/, priority: 3 },
            { name: 'base', test: BASE, priority: 2, includeDependenciesRecursively: false },
            {
              name: 'panels',
              test: /[\\/](app|modules[\\/]\w+)[\\/]dashboard[\\/]/,
              priority: 2,
              includeDependenciesRecursively: false,
            },
          ],
        },
      },
    },
  },
  server: {
    proxy: Object.fromEntries(behind.map((path) => [path, { target: server, changeOrigin: false }])),
  },
});
