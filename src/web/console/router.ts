/** The console's addresses. Who may open what is decided by the service: a screen shows what its answer allows. */
import { createRouter, createWebHistory } from 'vue-router'
import AccountScreen from './screens/AccountScreen.vue'
import Approvals from './screens/Approvals.vue'
import CaseBoard from './screens/CaseBoard.vue'
import EnterCase from './screens/EnterCase.vue'
import OpenQuestions from './screens/OpenQuestions.vue'
import ParkedMessages from './screens/ParkedMessages.vue'
import SignIn from './screens/SignIn.vue'
import StatisticsScreen from './screens/StatisticsScreen.vue'
import { useSession } from './composables/use-session.ts'

export const router = createRouter({
  history: createWebHistory('/console/'),
  routes: [
    { path: '/sign-in', name: 'sign-in', component: SignIn, meta: { title: '登录', open: true } },
    { path: '/', redirect: { name: 'work' } },
    {
      path: '/work/:caseId?',
      name: 'work',
      component: CaseBoard,
      props: (to) => ({ scope: 'mine', caseId: to.params.caseId || null }),
      meta: { title: '我的工作' },
    },
    {
      path: '/cases/:caseId?',
      name: 'cases',
      component: CaseBoard,
      props: (to) => ({ scope: 'all', caseId: to.params.caseId || null }),
      meta: { title: '全部事项' },
    },
    { path: '/enter', name: 'enter', component: EnterCase, meta: { title: '登记' } },
    { path: '/statistics', name: 'statistics', component: StatisticsScreen, meta: { title: '统计' } },
    { path: '/questions', name: 'questions', component: OpenQuestions, meta: { title: '未答问题' } },
    { path: '/approvals', name: 'approvals', component: Approvals, meta: { title: '双人审批' } },
    { path: '/parked', name: 'parked', component: ParkedMessages, meta: { title: '未发出消息' } },
    { path: '/account', name: 'account', component: AccountScreen, meta: { title: '我的账号' } },
    { path: '/:rest(.*)*', redirect: { name: 'work' } },
  ],
})

router.beforeEach(async (to) => {
  const { account, load } = useSession()
  if (to.meta.open) return true
  if (!account.value) await load()
  return account.value ? true : { name: 'sign-in', query: { back: to.fullPath } }
})
