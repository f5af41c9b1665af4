import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  base: '/',
  plugins: [react()],
  build: {
    outDir: 'dist',
    assetsInlineLimit: 0, // the page's policy loads files from its own origin; nothing is inlined as data
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 800,
  },
});
