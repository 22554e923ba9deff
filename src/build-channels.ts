/** The ways in and out that this instance has. */
import { createSmsKannelChannel, createWebchat, createWechatChannel } from './channels/index.ts'
import type { Channel, WechatConfig } from './channels/index.ts'
import type { Config } from './config.ts'
import type { Logger } from './infrastructure/logger.ts'
import type { Services } from './infrastructure/services.ts'

/** Channels whose keys are set; the others are off, and that is said at start. */
export function buildChannels(config: Config, services: Services, logger: Logger): Channel[] {
  const channels: Channel[] = [createWebchat(services)]
  if (config.SMS_KANNEL_SEND_URL && config.SMS_KANNEL_HOOK_TOKEN) {
    channels.push(
      createSmsKannelChannel({
        sendUrl: config.SMS_KANNEL_SEND_URL,
        username: config.SMS_KANNEL_USERNAME,
        password: config.SMS_KANNEL_PASSWORD,
        from: config.SMS_KANNEL_FROM,
        hookToken: config.SMS_KANNEL_HOOK_TOKEN,
        publicUrl: config.publicUrl,
        perSecond: config.SMS_KANNEL_PER_SECOND,
      }),
    )
  } else logger.info('sms-kannel is off: SMS_KANNEL_SEND_URL and SMS_KANNEL_HOOK_TOKEN are not set')
  if (config.WECHATY_PUPPET) {
    const wechat: WechatConfig = {
      puppet: config.WECHATY_PUPPET,
      endpoint: config.WECHATY_PUPPET_SERVICE_ENDPOINT,
      token: config.WECHATY_PUPPET_SERVICE_TOKEN,
      account: config.WECHATY_ACCOUNT,
    }
    channels.push(createWechatChannel(wechat, { redis: services.redis, logger, leasePrefix: config.QUEUE_PREFIX }))
  } else logger.info('wechat is off: WECHATY_PUPPET is not set')
  return channels
}
