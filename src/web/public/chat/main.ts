import { createApp } from 'vue'
import '../../ui/theme.css'
import '../../ui/shared.css'
import './chat.css'
import ChatApp from './ChatApp.vue'

createApp(ChatApp).mount('#app')
