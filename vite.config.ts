/** Builds what runs in browsers: the villager's chat (chat.html) and the handler's console (console.html) → dist/web. */
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import Components from 'unplugin-vue-components/vite'
import { defineConfig } from 'vite'

const web = fileURLToPath(new URL('src/web', import.meta.url))
/** Where the service runs while pages are developed with `npx vite`. */
const service = 'http://localhost:3000'

export default defineConfig({
  root: web,
  // src/web/public holds the villager's pages; nothing is copied as it is.
  publicDir: false,
  plugins: [
    vue(),
    Components({
      dirs: [],
      include: [/console\/.*\.vue/],
      dts: `${web}/console/components.d.ts`,
      resolvers: [ElementPlusResolver()],
    }),
  ],
  build: {
    outDir: fileURLToPath(new URL('dist/web', import.meta.url)),
    emptyOutDir: true,
    // Phones in villages are old: Chrome 79 is the oldest WebView that still gets used.
    target: ['chrome79', 'safari13'],
    cssTarget: ['chrome79', 'safari13'],
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      input: {
        chat: `${web}/chat.html`,
        progress: `${web}/progress.html`,
        console: `${web}/console.html`,
        receipt: `${web}/receipt.html`,
      },
    },
  },
  server: {
    proxy: {
      '/api': service,
      '/v/': service,
      '/powers': service,
      '/negative-list': service,
      '/policies': service,
      '/help': service,
    },
  },
})
