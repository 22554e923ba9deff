/** Loads a township's folder into MongoDB: organisation, then lists and policies, then each village. Again changes nothing. */
import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { PublicationsHere } from './publications-here.ts'

type Loaded = Awaited<ReturnType<PublicationsHere['publications']['importTownship']>>

/**
 * @param folder as knowledge/README.md describes it
 * @param report told of each part when it is in
 * @throws DomainError naming file, row and column of what cannot be read
 */
export async function loadFolder(
  { organisation, publications }: PublicationsHere,
  folder: string,
  report: (what: string, loaded: Loaded) => void = () => undefined,
): Promise<void> {
  await organisation.load(parse(await readFile(join(folder, 'township.yaml'), 'utf8')))
  await publications.start?.()
  report('镇里的清单和政策', await publications.importTownship(folder))
  for (const { id, name } of (await organisation.get()).villages) {
    const files = join(folder, 'villages', id)
    const there = await access(files).then(
      () => true,
      () => false,
    )
    if (there) report(name, await publications.importVillage(id, files))
  }
}
