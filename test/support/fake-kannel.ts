export { startFakeKannel } from '../../scripts/sms/kannel-stand-in.ts'
export type { FakeKannel, SentSms } from '../../scripts/sms/kannel-stand-in.ts'
