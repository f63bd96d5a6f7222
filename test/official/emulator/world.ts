/** One message that WeChat showed on a phone. */
export interface Shown {
  readonly at: string;
  readonly how: 'passive' | 'service' | 'mass' | 'template' | 'error';
  readonly text: string;
}

/** What a window lets through, of one kind of action. */
interface Window {
  until: number;
  left: number;
}

/** Somebody's relation to the account. */
export interface Follower {
  follows: boolean;
  /** After a message, and after a touch (follow, scan, click). */
  readonly windows: { message?: Window; touch?: Window };
  readonly shown: Shown[];
  /** Mass messages of each month (yyyy-MM in Shanghai). */
  readonly mass: Map<string, number>;
  typing: boolean;
}

export interface MassJob {
  readonly id: number;
  readonly client: string;
  readonly at: number;
  readonly text: string;
  readonly tag?: number;
  state: 'unconfirmed' | 'sending' | 'done';
  /** It ended without being sent: nobody confirmed it, or it was refused. */
  refused?: true;
}

/** What goes wrong at the next call of a path. `after`: it was carried out, and its answer is lost. */
export type Fault = { readonly code: number; readonly errmsg?: string } | 'hang' | 'reset' | 'after' | '502';

/** How the account is set at the platform, and what is true of it. */
export interface Platform {
  readonly appId: string;
  secret: string;
  token: string;
  /** Keys of the safe mode; none: pushes go out in the clear. */
  key: string | undefined;
  format: 'xml' | 'json';
  whitelist: string[] | undefined;
  verified: boolean;
  banned: boolean;
  /** Whether an administrator confirms mass messages on the phone. */
  confirms: boolean;
  templates: { template_id: string; title: string; content: string }[];
}

const minute = 60_000;

/** All that WeChat knows in a test: people, quotas, what was sent. The clock is the test's. */
export class World {
  readonly platform: Platform;
  readonly people = new Map<string, Follower>();
  readonly jobs: MassJob[] = [];
  readonly media = new Map<string, { bytes: Uint8Array; until: number; type: string }>();
  readonly drafts = new Map<string, { title: string; content: string }[]>();
  readonly codes: { readonly scene: string; readonly permanent: boolean }[] = [];
  readonly faults: { readonly path: string; readonly fault: Fault }[] = [];
  /** Every call, in order: its path, and what was answered (0: done). */
  readonly calls: { readonly path: string; readonly code: number }[] = [];
  /** Articles that stand in the account and were sent to nobody. */
  readonly published: string[] = [];
  menu: unknown;
  /** Customer messages that were tried outside a window. */
  outside = 0;
  token: { readonly value: string; readonly until: number } | undefined;
  previous: { readonly value: string; readonly until: number } | undefined;
  /** What was fetched the old way, beside the stable one. */
  volatile: { readonly value: string; readonly until: number } | undefined;
  private time: number;
  private count = 0;

  constructor(at: string, platform: Partial<Platform> = {}) {
    this.time = Date.parse(at);
    this.platform = {
      appId: 'wxba5fad812f8e6fb9',
      secret: 'a-secret-of-32-characters-000000',
      token: 'AAAAA',
      key: 'A'.repeat(43),
      format: 'xml',
      whitelist: undefined,
      verified: true,
      banned: false,
      confirms: false,
      templates: [],
      ...platform,
    };
  }

  now = (): Date => new Date(this.time);

  to(moment: string): void {
    this.time = Date.parse(moment);
  }

  pass(ms: number): void {
    this.time += ms;
  }

  /** A number beyond 2^53, as WeChat's ids are. */
  id(): string {
    return String(9_007_199_254_740_993n + BigInt(++this.count) * 2n);
  }

  person(openid: string): Follower {
    const known = this.people.get(openid);
    if (known) return known;
    const made: Follower = { follows: false, windows: {}, shown: [], mass: new Map(), typing: false };
    this.people.set(openid, made);
    return made;
  }

  fails(path: string, ...faults: readonly Fault[]): void {
    for (const fault of faults) this.faults.push({ path, fault });
  }

  takeFault(path: string): Fault | undefined {
    const index = this.faults.findIndex((each) => each.path === path);
    return index < 0 ? undefined : this.faults.splice(index, 1)[0]?.fault;
  }

  opens(person: Follower, by: 'message' | 'touch'): void {
    person.windows[by] = by === 'message' ? { until: this.time + 48 * 60 * minute, left: 5 } : { until: this.time + minute, left: 3 };
  }

  /** Takes one message from a window. @returns WeChat's code, 0 when there was one */
  spend(person: Follower): number {
    const { message, touch } = person.windows;
    const open = [touch, message].filter((each) => each !== undefined && each.until > this.time);
    const window = open.find((each) => (each?.left ?? 0) > 0);
    if (window) {
      window.left--;
      return 0;
    }
    this.outside++;
    return open.length === 0 ? 45015 : 45047;
  }

  show(openid: string, how: Shown['how'], text: string): void {
    this.person(openid).shown.push({ at: this.now().toISOString(), how, text });
  }

  /** Sends a job to everybody who has not had four of this month. @returns what WeChat tells when it is done */
  finish(job: MassJob): Record<string, string | number> {
    const month = new Date(job.at + 8 * 60 * minute).toISOString().slice(0, 7);
    const followers = [...this.people].filter(([, { follows }]) => follows);
    let sent = 0;
    for (const [openid, person] of followers) {
      const before = person.mass.get(month) ?? 0;
      if (before >= 4) continue;
      person.mass.set(month, before + 1);
      this.show(openid, 'mass', job.text);
      sent++;
    }
    job.state = 'done';
    return {
      Event: 'MASSSENDJOBFINISH',
      MsgID: job.id,
      Status: 'send success',
      TotalCount: followers.length,
      FilterCount: followers.length,
      SentCount: sent,
      ErrorCount: followers.length - sent,
    };
  }
}
