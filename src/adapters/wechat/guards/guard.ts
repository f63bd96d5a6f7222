import { boundAnswers } from './bounded-answer.ts';
import { forgetAtStart } from './forget.ts';
import { knowAnswers } from './known-answers.ts';
import { loginOnce } from './login-once.ts';
import { nameRefusal } from './named-refusal.ts';
import { patientRestart } from './patient-restart.ts';
import { patientStart } from './patient-start.ts';
import { keepText } from './plain-text.ts';
import { noticeKick } from './prompt-kick.ts';
import { pinStartLine } from './start-line.ts';
import type { WebPuppet } from './web-client.ts';

export interface GuardOptions {
  /** Messages of this second (since 1970) and later are heard. */
  readonly line: () => number;
  /** WeChat's words when it does not let the account log in, and its number for it. */
  readonly onRefused: (words: string, code: string) => void;
  readonly sleep: (ms: number) => Promise<void>;
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
}

/**
 * Guards a wechaty-puppet-wechat4u against what it and wechat4u do wrong; each guard says what, and can go when it is mended
 * there. To be called once, between `bot.init()` and `bot.start()`. Nothing of the packages is edited: the puppet calls its
 * `monkeyPatch` with every new client before that starts.
 */
export function guard(puppet: WebPuppet, { line, onRefused, sleep, now }: GuardOptions): void {
  pinStartLine(puppet, line);
  loginOnce(puppet);
  const patch = puppet.monkeyPatch.bind(puppet);
  puppet.monkeyPatch = (client) => {
    patch(client);
    boundAnswers(client);
    knowAnswers(client);
    keepText(client);
    nameRefusal(client, onRefused);
    noticeKick(client);
    patientRestart(client, sleep);
    forgetAtStart(client, puppet);
    patientStart(client, sleep, now);
  };
}
