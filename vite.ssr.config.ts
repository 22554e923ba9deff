/** Builds the renderer of the public pages: dist/ssr/public.js, one file that needs nothing beside it. */
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

const web = fileURLToPath(new URL('src/web', import.meta.url))

export default defineConfig({
  root: web,
  publicDir: false,
  plugins: [vue()],
  define: { 'process.env.NODE_ENV': '"production"' },
  ssr: { noExternal: true },
  build: {
    ssr: `${web}/public/pages/render-page.ts`,
    outDir: fileURLToPath(new URL('dist/ssr', import.meta.url)),
    emptyOutDir: true,
    target: 'node20',
    rolldownOptions: { output: { entryFileNames: 'public.js', codeSplitting: false } },
  },
})
