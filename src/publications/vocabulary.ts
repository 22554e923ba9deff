/** Names that messages about a village may contain, from published records only. */
import type { VocabularyEntry } from '../conversation/index.ts'
import type { Catalogue } from './catalogue.ts'

export function vocabularyOf(village: Catalogue | null, township: Catalogue): VocabularyEntry[] {
  const entries: VocabularyEntry[] = []
  const add = (kind: VocabularyEntry['kind'], id: string, name: string, aliases: readonly string[] = []): void => {
    if (name.length >= 2)
      entries.push({
        kind,
        id,
        name,
        ...(aliases.length > 0 && { aliases: aliases.filter((alias) => alias.length >= 2) }),
      })
  }
  if (village) {
    for (const { recordId, data } of village.of('project')) add('project', recordId, data.name, data.aliases)
    for (const { recordId, data } of village.of('contract')) add('contract', recordId, data.subject, data.aliases)
    for (const { recordId, data } of village.of('asset')) add('asset', recordId, data.name)
    for (const { recordId, data } of village.of('resource')) add('asset', recordId, data.name)
    for (const { recordId, data } of village.of('subsidy')) add('subsidy', recordId, data.name, data.aliases)
    const people = new Set<string>()
    for (const { recordId, data } of village.of('roster')) {
      if (people.has(data.name)) continue
      people.add(data.name)
      add('person', recordId, data.name, data.aliases)
    }
    for (const post of new Set(village.of('roster').map(({ data }) => data.post))) add('role', `role-${post}`, post)
    for (const area of new Set(village.of('roster').flatMap(({ data }) => data.area.split(/[、,,;;\s]+/)))) {
      if (area.length >= 2 && area.length <= 8) add('place', `place-${area}`, area)
    }
  }
  for (const { recordId, data } of township.of('power')) add('power', recordId, data.name, data.aliases)
  for (const { recordId, data } of township.of('document'))
    if (data.kind === 'procedure') add('procedure', recordId, data.title, data.aliases)
  return entries
}
