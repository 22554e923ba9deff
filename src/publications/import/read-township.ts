/** The township's own publications: the lists of powers, of what is not allowed and of responsibilities; policies and procedures. */
import { draft } from './draft.ts'
import type { DraftRecord } from './draft.ts'
import { date, list, listOf, sentences, splitSections, text } from './fields.ts'
import type { Fields } from './fields.ts'

export function readPowers(value: unknown): DraftRecord[] {
  return listOf(value, 'powers', '权力', '清单', 'items').map((fields) => {
    const power = {
      code: text(fields, 'code', '编号'),
      name: text(fields, 'name', '名称'),
      group: text(fields, 'group', '类别'),
      aliases: list(fields, 'aliases', '别名'),
      responsible: text(fields, 'responsible', '责任主体'),
      proposes: text(fields, 'proposes', '谁提议', '提议'),
      reviews: text(fields, 'reviews', '谁审核', '审核'),
      signs: text(fields, 'signs', '谁签字', '签字'),
      steps: listOf(fields.steps ?? fields['流程']).map((step) => ({
        name: text(step, 'name', '步骤', '名称'),
        who: text(step, 'who', '谁', '责任人'),
        note: text(step, 'note', '说明'),
      })),
      papers: sentences(fields, 'papers', '材料'),
      deadline: text(fields, 'deadline', '期限'),
      publication: text(fields, 'publication', '公开方式', '公开'),
      supervision: text(fields, 'supervision', '监督'),
      risks: sentences(fields, 'risks', '廉政风险点', '风险'),
      basis: text(fields, 'basis', '依据'),
      thresholds: sentences(fields, 'thresholds', '限额'),
    }
    return draft('power', power.code, power, {
      text: [power.name, power.aliases, power.group, power.thresholds, power.steps.map(({ name }) => name)],
    })
  })
}

export function readNegativeList(value: unknown): DraftRecord[] {
  return listOf(value, 'items', 'negative', '负面清单', '清单').map((fields) => {
    const item = {
      code: text(fields, 'code', '编号'),
      title: text(fields, 'title', '标题', '名称'),
      detail: text(fields, 'detail', '说明', '内容'),
      examples: sentences(fields, 'examples', '举例', '例子'),
      consequence: text(fields, 'consequence', '后果'),
      basis: text(fields, 'basis', '依据'),
    }
    return draft('negative', item.code, item, { text: [item.title, item.detail, item.examples] })
  })
}

export function readResponsibilities(value: unknown): DraftRecord[] {
  return listOf(value, 'posts', 'responsibilities', 'items', '责任清单').map((fields) => {
    const responsibility = {
      post: text(fields, 'post', 'title', 'name', '岗位', '职务'),
      duties: sentences(fields, 'duties', '职责'),
      accountable: sentences(fields, 'accountable', 'accountability', 'consequences', '追责情形', '追责'),
      aliases: list(fields, 'aliases', '别名'),
    }
    return draft('responsibility', `duty-${responsibility.post}`, responsibility, {
      text: [responsibility.post, responsibility.aliases, responsibility.duties],
    })
  })
}

export function readPolicy(name: string, head: Fields, body: string): DraftRecord {
  const document = {
    id: text(head, 'id', '编号') || name.replace(/\.md$/, ''),
    title: text(head, 'title', '标题'),
    kind: (text(head, 'kind', '类型') === 'procedure' ? 'procedure' : 'policy') as 'procedure' | 'policy',
    aliases: list(head, 'aliases', '别名'),
    keywords: list(head, 'keywords', '关键词'),
    department: text(head, 'department', '部门'),
    papers: sentences(head, 'papers', '材料'),
    where: text(head, 'where', '地点', '办理地点'),
    hours: text(head, 'hours', '时间', '办理时间'),
    phone: text(head, 'phone', '电话'),
    days: text(head, 'days', '时限', '办理时限'),
    fee: text(head, 'fee', '费用', '收费'),
    source: text(head, 'source', '来源', '依据'),
    validFrom: date(head, 'validFrom', '生效日期'),
    sections: splitSections(body),
  }
  return draft('document', document.id, document, {
    date: date(head, 'publishedAt', '公布日期'),
    text: [document.title, document.aliases, document.keywords],
    facets: [`doc:${document.kind}`],
  })
}
