import type { CapabilityParts } from '../infrastructure/capability.ts'
import type { Route } from '../http/index.ts'
import type { Form, Skill } from './skill.ts'
import type { VocabularyEntry } from './understand/index.ts'

/** The manifest of a capability, see infrastructure/capability.ts. */
export type Capability = CapabilityParts<Route, Skill, Form, VocabularyEntry>
