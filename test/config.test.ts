import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { envExample, readConfig } from '../src/config.ts'
import { DomainError } from '../src/infrastructure/errors.ts'

describe('the environment', () => {
  it('is told in .env.example, setting by setting', () => {
    expect(readFileSync(new URL('../.env.example', import.meta.url), 'utf8')).toBe(envExample())
  })

  it('needs nothing to be set, and takes an empty value for not set', () => {
    const config = readConfig({ PORT: '', ROLE: '' })
    expect(config.PORT).toBe(3000)
    expect(config.publicUrl).toBe('http://localhost:3000')
    expect([...config.roles].toSorted()).toEqual(['api', 'bot', 'worker'])
  })

  it('reports all faults together, by name', () => {
    const faults = (): unknown => readConfig({ PORT: 'eighty', ROLE: 'cook', LOG_LEVEL: 'loud' })
    expect(faults).toThrow(DomainError)
    try {
      faults()
    } catch (error) {
      const { shown } = error as DomainError
      for (const name of ['PORT', 'ROLE', 'LOG_LEVEL']) expect(shown).toContain(name)
    }
  })
})
