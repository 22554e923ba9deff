/** WeChat as far as a bot can see it: people, groups, messages both ways. wechaty-puppet-mock with its gaps filled. */
import { appendFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { FileBox } from 'file-box'
import type { FileBoxInterface } from 'file-box'
import * as PUPPET from 'wechaty-puppet'
import { PuppetMock, mock } from 'wechaty-puppet-mock'

export interface Said {
  /** Room or contact id. */
  to: string
  /** The room's topic, or the contact's name. */
  name: string
  text: string
  at: number
}

/** A mock that gives ids, keeps what the bot says, and hands out the pictures it was given. */
class MockWechat extends PuppetMock {
  readonly said: Said[] = []
  readonly pictures = new Map<string, Buffer>()
  readonly aliases = new Map<string, string>()
  logFile: string | undefined

  // The mock's own type says void; the protocol says an id, which real puppets give.
  override async messageSendText(conversationId: string, text: string): Promise<never> {
    if (!this.isLoggedIn) throw new Error('not logged in')
    const room = this.mocker.cacheRoomPayload.get(conversationId)
    const name = room?.topic ?? this.mocker.cacheContactPayload.get(conversationId)?.name ?? conversationId
    const said = { to: conversationId, name, text, at: Date.now() }
    this.said.push(said)
    if (this.logFile) appendFileSync(this.logFile, `${JSON.stringify(said)}\n`)
    return `sent-${randomUUID()}` as never
  }

  override async messageImage(messageId: string): Promise<FileBoxInterface> {
    return this.pictureOf(messageId)
  }

  override async messageFile(messageId: string): Promise<FileBoxInterface> {
    return this.pictureOf(messageId)
  }

  override async roomMemberRawPayload(roomId: string, contactId: string): Promise<PUPPET.payloads.RoomMember> {
    const { name } = this.mocker.contactPayload(contactId)
    return { id: contactId, name, avatar: '', roomAlias: this.aliases.get(`${roomId}|${contactId}`) ?? '' }
  }

  private pictureOf(messageId: string): FileBoxInterface {
    const bytes = this.pictures.get(messageId)
    if (!bytes) throw new Error('no such picture')
    return FileBox.fromBase64(bytes.toString('base64'), 'picture.jpg') as unknown as FileBoxInterface
  }
}

export interface SayRequest {
  /** Name of who says it; a stranger is introduced first. */
  from: string
  /** Topic of the group; private without it. */
  room?: string
  text?: string
  /** Puts the bot into the list of mentions. */
  mention?: boolean
  messageId?: string
  /** Base64. */
  image?: string
  /** Emits the same message so many times. */
  repeat?: number
  /** Seconds since 1970. */
  timestamp?: number
  type?: number
}

export interface WechatStandIn {
  puppet: MockWechat
  say(request: SayRequest): string
  /** A fresh stand-in has one bot and a group for each village. */
  login(): void
}

/** @param rooms topics of the groups the bot is in */
export function createMockWechat(botName: string, rooms: readonly string[], logFile?: string): WechatStandIn {
  const mocker = new mock.Mocker()
  const puppet = new MockWechat({ mocker })
  puppet.logFile = logFile
  const bot = mocker.createContact({ id: 'bot', name: botName })
  const contactOf = (name: string): string => {
    const id = `wx-${Buffer.from(name).toString('hex')}`
    if (!mocker.cacheContactPayload.has(id)) mocker.createContact({ id, name })
    return id
  }
  const roomOf = (topic: string): string => {
    const id = `room-${Buffer.from(topic).toString('hex')}@chatroom`
    if (!mocker.cacheRoomPayload.has(id)) mocker.createRoom({ id, topic, memberIdList: ['bot'], adminIdList: [] })
    return id
  }
  for (const topic of rooms) roomOf(topic)
  return {
    puppet,
    login: () => mocker.login(bot),
    say({ from, room, text = '', mention, messageId = randomUUID(), image, repeat = 1, timestamp, type }) {
      const talkerId = contactOf(from)
      const payload = {
        id: messageId,
        type: type ?? (image === undefined ? PUPPET.types.Message.Text : PUPPET.types.Message.Image),
        text,
        talkerId,
        timestamp: timestamp ?? Math.floor(Date.now() / 1000),
        ...(room ? { roomId: roomOf(room), mentionIdList: mention ? ['bot'] : [] } : { listenerId: 'bot' }),
      } as PUPPET.payloads.Message
      if (image !== undefined) puppet.pictures.set(messageId, Buffer.from(image, 'base64'))
      mocker.cacheMessagePayload.set(messageId, payload)
      for (let time = 0; time < repeat; time += 1) puppet.emit('message', { messageId })
      return messageId
    },
  }
}
