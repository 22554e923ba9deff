import { createApp } from 'vue'
import '../../ui/theme.css'
import '../../ui/shared.css'
import ReceiptApp from './ReceiptApp.vue'

createApp(ReceiptApp).mount('#app')
