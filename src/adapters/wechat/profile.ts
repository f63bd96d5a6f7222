import { type AccountProfile, easyProfile } from '../../desk/kernel/accounts.ts';

/** What an account behind a Wechaty puppet can and cannot do. Everything that differs between puppets is declared here. */
export interface Profile extends AccountProfile {
  /** A private message reaches members of a group who are no friends. */
  readonly reachesStrangers: boolean;
  /** Whether setting a friend's remark is worth a try. */
  readonly writesRemarks: boolean;
  /** The text comes mangled; it is rebuilt from the raw message of the web protocol. */
  readonly webRaw: boolean;
  /** The guards of src/adapters/wechat/guards are needed. */
  readonly guarded: boolean;
  /** Seconds between two messages that are no broadcasts, at least and at most; undefined: no pause. */
  readonly replyGap?: readonly [atLeast: number, atMost: number];
}

const careful: Profile = {
  ...easyProfile,
  reachesStrangers: false,
  writesRemarks: false,
  webRaw: false,
  guarded: false,
  longestText: 600,
  replyGap: [1, 3],
  pace: { broadcastGap: [15, 45], broadcastsADay: 40 },
};

/** A trial in one's own browser: nothing to be careful about. */
export const simulatorProfile: Profile = {
  ...easyProfile,
  reachesStrangers: false,
  writesRemarks: false,
  webRaw: false,
  guarded: false,
};

/**
 * Web WeChat. Gaps and caps are what others have lived with: Urinx/WeixinBot#149, littlecodersh/ItChat#568, nodeWechat/wechat4u#219.
 * Every login gives new ids to everybody (nodeWechat/wechat4u#269). Writing remarks is said to do nothing since 2023
 * (wechaty/puppet-wechat4u#65, #74): it is tried, read back, and given up.
 */
const webWechat: Profile = {
  ...careful,
  idsSurviveLogin: false,
  writesRemarks: true,
  webRaw: true,
  guarded: true,
  replyGap: [2, 5],
};

const profiles: Readonly<Record<string, Profile>> = {
  'wechaty-puppet-wechat4u': webWechat,
  // The same protocol through a browser; its raw messages look different, and our guards do not fit it.
  'wechaty-puppet-wechat': { ...webWechat, webRaw: false, guarded: false },
  'wechaty-puppet-mock': simulatorProfile,
};

/** The profile of a puppet by its npm name; a puppet that is not known is treated with care, its ids are trusted. */
export const profileOf = (puppet: string): Profile => profiles[puppet] ?? careful;
