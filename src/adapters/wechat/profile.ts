import type { Pace } from '../../desk/kernel/ports.ts';

/** What an account behind a Wechaty puppet can and cannot do. Everything that differs between puppets is declared here. */
export interface Profile {
  /** Ids of people and rooms are the same after another login. Where they are not, people are known by a token in their remark. */
  readonly idsSurviveLogin: boolean;
  /** A private message reaches members of a group who are no friends. */
  readonly reachesStrangers: boolean;
  /** Whether setting a friend's remark is worth a try. */
  readonly writesRemarks: boolean;
  /** The text comes mangled; it is rebuilt from the raw message of the web protocol. */
  readonly webRaw: boolean;
  /** The guards of src/adapters/wechat/guards are needed. */
  readonly guarded: boolean;
  /** So many characters are sent in one message at most. */
  readonly longestText: number;
  /** Seconds between two messages that are no broadcasts, at least and at most; undefined: no pause. */
  readonly replyGap?: readonly [atLeast: number, atMost: number];
  /** What broadcasts need; undefined: anything at any time. */
  readonly pace?: Pace;
}

const careful: Profile = {
  idsSurviveLogin: true,
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
  idsSurviveLogin: true,
  reachesStrangers: false,
  writesRemarks: false,
  webRaw: false,
  guarded: false,
  longestText: 2000,
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
