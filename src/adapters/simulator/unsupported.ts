import { Puppet, throwUnsupportedError } from 'wechaty-puppet';

/**
 * A puppet that can do nothing: it refuses aloud what the trial has no use for (web WeChat cannot do most of it
 * either), so that a puppet built on it holds only what it really does.
 */
export abstract class UnsupportedPuppet extends Puppet {
  override async contactSelfName(): Promise<never> {
    return throwUnsupportedError();
  }
  override async contactSelfQRCode(): Promise<never> {
    return throwUnsupportedError();
  }
  override async contactSelfSignature(): Promise<never> {
    return throwUnsupportedError();
  }
  override async contactAvatar(): Promise<never> {
    return throwUnsupportedError();
  }
  override async contactPhone(): Promise<never> {
    return throwUnsupportedError();
  }
  override async contactCorporationRemark(): Promise<never> {
    return throwUnsupportedError();
  }
  override async contactDescription(): Promise<never> {
    return throwUnsupportedError();
  }

  override async conversationReadMark(): Promise<never> {
    return throwUnsupportedError();
  }
  override async messageContact(): Promise<never> {
    return throwUnsupportedError();
  }
  override async messageMiniProgram(): Promise<never> {
    return throwUnsupportedError();
  }
  override async messageUrl(): Promise<never> {
    return throwUnsupportedError();
  }
  override async messageLocation(): Promise<never> {
    return throwUnsupportedError();
  }
  override async messageForward(): Promise<never> {
    return throwUnsupportedError();
  }
  override async messageSendContact(): Promise<never> {
    return throwUnsupportedError();
  }
  override async messageSendLocation(): Promise<never> {
    return throwUnsupportedError();
  }
  override async messageSendMiniProgram(): Promise<never> {
    return throwUnsupportedError();
  }
  override async messageSendPost(): Promise<never> {
    return throwUnsupportedError();
  }
  override async messageSendUrl(): Promise<never> {
    return throwUnsupportedError();
  }

  override async roomAdd(): Promise<never> {
    return throwUnsupportedError();
  }
  override async roomAnnounce(): Promise<never> {
    return throwUnsupportedError();
  }
  override async roomAvatar(): Promise<never> {
    return throwUnsupportedError();
  }
  override async roomCreate(): Promise<never> {
    return throwUnsupportedError();
  }
  override async roomDel(): Promise<never> {
    return throwUnsupportedError();
  }
  override async roomQRCode(): Promise<never> {
    return throwUnsupportedError();
  }
  override async roomQuit(): Promise<never> {
    return throwUnsupportedError();
  }
  override async roomInvitationAccept(): Promise<never> {
    return throwUnsupportedError();
  }
  override async roomInvitationRawPayload(): Promise<never> {
    return throwUnsupportedError();
  }
  override async roomInvitationRawPayloadParser(): Promise<never> {
    return throwUnsupportedError();
  }

  override async friendshipAccept(): Promise<never> {
    return throwUnsupportedError();
  }
  override async friendshipAdd(): Promise<never> {
    return throwUnsupportedError();
  }
  override async friendshipSearchPhone(): Promise<never> {
    return throwUnsupportedError();
  }
  override async friendshipSearchWeixin(): Promise<never> {
    return throwUnsupportedError();
  }
  override async friendshipRawPayload(): Promise<never> {
    return throwUnsupportedError();
  }
  override async friendshipRawPayloadParser(): Promise<never> {
    return throwUnsupportedError();
  }

  override async tagContactAdd(): Promise<never> {
    return throwUnsupportedError();
  }
  override async tagContactDelete(): Promise<never> {
    return throwUnsupportedError();
  }
  override async tagContactList(): Promise<never> {
    return throwUnsupportedError();
  }
  override async tagContactRemove(): Promise<never> {
    return throwUnsupportedError();
  }

  override async postPublish(): Promise<never> {
    return throwUnsupportedError();
  }
  override async postSearch(): Promise<never> {
    return throwUnsupportedError();
  }
  override async postRawPayload(): Promise<never> {
    return throwUnsupportedError();
  }
  override async postRawPayloadParser(): Promise<never> {
    return throwUnsupportedError();
  }
  override async tap(): Promise<never> {
    return throwUnsupportedError();
  }
  override async tapSearch(): Promise<never> {
    return throwUnsupportedError();
  }
}
