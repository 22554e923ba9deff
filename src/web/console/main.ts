import { createApp } from 'vue'
import 'element-plus/theme-chalk/base.css'
import '../ui/theme.css'
import './console.css'
import ConsoleApp from './ConsoleApp.vue'
import { router } from './router.ts'

createApp(ConsoleApp).use(router).mount('#app')
