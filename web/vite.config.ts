import { fileURLToPath } from 'node:url';
import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = process.env.LOTLINE_SERVER ?? 'http://127.0.0.1:4000';
const behind = ['/v1', '/auth', '/openapi.json', '/reference', '/problems', '/dev'];

/** Builds the web application into `web/dist`; `npm run web:dev` serves it beside a running server. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), tailwind()],
  build: { target: 'es2023', assetsInlineLimit: 0, sourcemap: false, reportCompressedSize: false },
  server: {
    proxy: Object.fromEntries(behind.map((path) => [path, { target: server, changeOrigin: false }])),
  },
});
