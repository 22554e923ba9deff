import { createApp } from 'vue'
import '../../ui/theme.css'
import '../chat/chat.css'
import ProgressApp from './ProgressApp.vue'

createApp(ProgressApp).mount('#app')
