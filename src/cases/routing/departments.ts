/** Departments of INTENTS.md: name, level whose power the matter usually is, words in the names of units and duties. */
import type { CaseLevel } from './levels.ts'

export interface Department {
  title: string
  level: CaseLevel
  words: readonly string[]
}

export const DEPARTMENTS: Readonly<Record<string, Department>> = {
  agriculture: { title: '农业农村', level: 'township-department', words: ['农业', '农村经济', '经管', '农经'] },
  'civil-affairs': { title: '民政', level: 'township-department', words: ['民政'] },
  'natural-resources': { title: '自然资源', level: 'township-department', words: ['自然资源', '国土', '规划'] },
  housing: { title: '住房城乡建设', level: 'village', words: ['住建', '村镇建设', '城建'] },
  transport: { title: '交通运输', level: 'village', words: ['交通'] },
  water: { title: '水利', level: 'village', words: ['水利'] },
  ecology: { title: '生态环境', level: 'township-department', words: ['环保', '生态环境'] },
  forestry: { title: '林业', level: 'township-department', words: ['林业'] },
  education: { title: '教育体育', level: 'county-department', words: ['教育', '教体'] },
  health: { title: '卫生健康', level: 'county-department', words: ['卫健', '卫生'] },
  'medical-insurance': { title: '医保', level: 'township-department', words: ['医保'] },
  'human-resources': { title: '人社', level: 'township-department', words: ['人社', '社保'] },
  finance: { title: '财政', level: 'township-department', words: ['财政', '财经'] },
  audit: { title: '审计', level: 'county-department', words: ['审计'] },
  justice: { title: '司法', level: 'township-department', words: ['司法'] },
  'public-security': { title: '公安', level: 'county-department', words: ['公安', '派出所'] },
  market: { title: '市场监管', level: 'county-department', words: ['市场监管', '工商'] },
  'commerce-tourism': { title: '商务文旅', level: 'county-department', words: ['文旅', '商务', '文化'] },
  emergency: { title: '应急', level: 'township-department', words: ['应急', '安监'] },
  veterans: { title: '退役军人', level: 'township-department', words: ['退役军人'] },
  disabled: { title: '残联', level: 'township-department', words: ['残联'] },
  women: { title: '妇联', level: 'township-department', words: ['妇联'] },
  'power-telecom': { title: '供电通信', level: 'county-department', words: ['供电', '电信'] },
  organization: { title: '组织', level: 'township-department', words: ['组织', '党建'] },
  discipline: { title: '纪检监察', level: 'township-discipline', words: ['纪委', '纪检'] },
  'petition-office': { title: '信访', level: 'township-department', words: ['信访', '综治'] },
}
